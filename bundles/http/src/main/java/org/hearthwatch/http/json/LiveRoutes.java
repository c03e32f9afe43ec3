package org.hearthwatch.http.json;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.web.EventStream;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Expressions evaluated again and again, as server-sent events: what the console's charts live on. */
public final class LiveRoutes implements Routes {

    static final int MOST_EXPRESSIONS = 64;
    static final int LONGEST_EXPRESSION = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    private static final int LEAST_SECONDS = 1;
    private static final int MOST_SECONDS = 60;
    private static final int USUAL_SECONDS = 5;

    private final Needed<QueryEngine> engine;
    private final ScheduledExecutorService executor;
    private final InstantSource clock;

    public LiveRoutes(Needed<QueryEngine> engine, ScheduledExecutorService executor, InstantSource clock) {
        this.engine = engine;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/hw/live", Guard.needs(Permission.read("samples:read")), this::live));
    }

    private void live(Exchange exchange) throws IOException, HttpProblem {
        List<String> expressions = exchange.parameters("expr");
        if (expressions.isEmpty() || expressions.size() > MOST_EXPRESSIONS) {
            throw new HttpProblem(400, "Give 1 to " + MOST_EXPRESSIONS + " parameters expr.");
        }
        if (expressions.stream().anyMatch(expression -> expression.length() > LONGEST_EXPRESSION)) {
            throw new HttpProblem(400, "An expression is longer than " + LONGEST_EXPRESSION + " characters.");
        }
        int every = seconds(exchange.parameter("every").orElse(Integer.toString(USUAL_SECONDS)));
        engine.get();
        EventStream stream = exchange.events();
        // A fixed delay, so that slow expressions make a stream rarer and never queue up.
        Future<?> ticking = executor.scheduleWithFixedDelay(
                () -> tick(stream, expressions, Duration.ofSeconds(every)), 0, every, TimeUnit.SECONDS);
        stream.onClose(() -> ticking.cancel(false));
    }

    private static int seconds(String text) throws HttpProblem {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Refused below, with the same words.
        }
        throw new HttpProblem(400, "every takes whole seconds from " + LEAST_SECONDS + " to " + MOST_SECONDS + ".");
    }

    private void tick(EventStream stream, List<String> expressions, Duration every) {
        try {
            Instant now = clock.instant();
            List<ResultView> results = new ArrayList<>(expressions.size());
            for (String expression : expressions) {
                results.add(evaluate(expression, now, every));
            }
            stream.send("sample", Json.text(new SampleView(Json.seconds(now), results)));
        } catch (IOException | RuntimeException e) {
            LOG.error("A live view was closed", e);
            stream.close();
        }
    }

    private ResultView evaluate(String expression, Instant now, Duration timeout) {
        try {
            QueryValue value = engine.get()
                    .instant(expression, now, QueryOptions.within(timeout))
                    .value();
            if (value instanceof QueryValue.Vector vector) {
                return new ResultView(
                        expression,
                        null,
                        vector.samples().stream()
                                .map(sample -> new PointView(sample.labels().asMap(), number(sample.value())))
                                .toList());
            }
            if (value instanceof QueryValue.Scalar scalar) {
                return new ResultView(
                        expression, null, List.of(new PointView(Labels.EMPTY.asMap(), number(scalar.value()))));
            }
            return new ResultView(
                    expression, "A live view shows vectors and numbers; this is a " + value.type() + ".", List.of());
        } catch (QueryException | HttpProblem e) {
            return new ResultView(expression, e.getMessage(), List.of());
        }
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private record SampleView(double time, List<ResultView> results) {}

    private record ResultView(String expr, @Nullable String error, List<PointView> vector) {}

    private record PointView(Map<String, String> labels, String value) {}
}
