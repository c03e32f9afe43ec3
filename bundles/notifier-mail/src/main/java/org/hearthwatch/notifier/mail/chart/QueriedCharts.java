package org.hearthwatch.notifier.mail.chart;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.NotifiedAlert;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryValue.Matrix;
import org.hearthwatch.api.query.QueryValue.Series;
import org.hearthwatch.notifier.mail.Charts;

/**
 * Draws the last hours of what the first firing alert is about: of the expression in its annotation {@code chart}, else of
 * its rule's, without the comparison at its end, whose number is drawn as the limit. A mail without a chart is still a
 * mail: whatever goes wrong leaves it out.
 */
public final class QueriedCharts implements Charts {

    private static final Duration BACK = Duration.ofHours(3);
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_SERIES = 5;
    private static final int LONGEST = 4_000;

    /** A comparison with a number at the end; what is before it must not be two conditions. */
    private static final Pattern LIMIT =
            Pattern.compile("(.*?[^=<>!])\\s*(?:>=|<=|>|<)\\s*(-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)\\s*", Pattern.DOTALL);

    private static final Pattern CONDITIONS = Pattern.compile("\\b(and|or|unless)\\b|[<>]|[=!]=");

    private final Supplier<Optional<QueryEngine>> engine;
    private final InstantSource clock;

    /** @param engine none while there is none */
    public QueriedCharts(Supplier<Optional<QueryEngine>> engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> draw(Notification notification) {
        Optional<QueryEngine> queries = engine.get();
        Optional<NotifiedAlert> alert = notification.alerts().stream()
                .filter(candidate -> !candidate.resolved())
                .findFirst();
        Optional<String> expression = alert.flatMap(QueriedCharts::expression);
        if (queries.isEmpty() || expression.isEmpty()) {
            return Optional.empty();
        }
        Matcher limited = LIMIT.matcher(expression.get());
        boolean hasLimit =
                limited.matches() && !CONDITIONS.matcher(limited.group(1)).find();
        try {
            return drawn(
                    queries.get(),
                    hasLimit ? limited.group(1) : expression.get(),
                    hasLimit ? OptionalDouble.of(Double.parseDouble(limited.group(2))) : OptionalDouble.empty(),
                    alert.get().labels());
        } catch (QueryException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> drawn(QueryEngine queries, String expression, OptionalDouble limit, Labels labels)
            throws QueryException {
        long step = STEP.toMillis();
        Instant end = Instant.ofEpochMilli(clock.millis() / step * step);
        Instant start = end.minus(BACK);
        if (!(queries.range(expression, start, end, STEP, QueryOptions.within(PATIENCE))
                        .value()
                instanceof Matrix matrix)) {
            return Optional.empty();
        }
        List<Series> series = matrix.series().stream()
                .filter(one -> belongs(one.labels(), labels))
                .filter(one -> Arrays.stream(one.values()).anyMatch(Double::isFinite))
                .limit(MOST_SERIES)
                .toList();
        return series.isEmpty() ? Optional.empty() : Optional.of(LineChart.png(series, start, end, STEP, limit));
    }

    private static boolean belongs(Labels series, Labels alert) {
        return series.without(Labels.NAME).asMap().entrySet().stream()
                .allMatch(label ->
                        !alert.has(label.getKey()) || alert.get(label.getKey()).equals(label.getValue()));
    }

    private static Optional<String> expression(NotifiedAlert alert) {
        Optional<String> written = Optional.ofNullable(alert.annotations().get("chart"));
        return (written.isPresent() ? written : linked(alert.generatorUrl())).filter(text -> text.length() <= LONGEST);
    }

    private static Optional<String> linked(String address) {
        try {
            String query = URI.create(address).getRawQuery();
            return query == null
                    ? Optional.empty()
                    : Arrays.stream(query.split("&", -1))
                            .filter(part -> part.startsWith("g0.expr="))
                            .map(part -> URLDecoder.decode(part.substring("g0.expr=".length()), StandardCharsets.UTF_8))
                            .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
