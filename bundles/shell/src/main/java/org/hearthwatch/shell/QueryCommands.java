package org.hearthwatch.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;

/** {@code hw:query}. */
final class QueryCommands {

    private static final String EXPRESSION = "EXPR";
    private static final String AT = "--at";
    private static final String FROM = "--from";
    private static final String TO = "--to";
    private static final String STEP = "--step";
    /** The steps chosen from when none is given, in seconds. */
    private static final long[] STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200};

    private final Services services;
    private final InstantSource clock;
    private final QueryAnswer answer;
    private final Completion metrics;

    QueryCommands(Services services, InstantSource clock, ZoneId zone, Completion metrics) {
        this.services = services;
        this.clock = clock;
        this.answer = new QueryAnswer(zone);
        this.metrics = metrics;
    }

    List<ShellCommand> all() {
        return List.of(new ShellCommand(
                Syntax.of("query", "Answers a PromQL expression, at one moment or over a range of time")
                        .argument(EXPRESSION, "The expression, in quotes where it has spaces or braces", metrics)
                        .option(AT, "TIME", "The moment; now where not given", Completion.of("now", "-1h"))
                        .option(FROM, "TIME", "The begin of a range", Completion.of("-15m", "-1h", "-1d"))
                        .option(TO, "TIME", "The end of the range; now where not given", Completion.of("now"))
                        .option(
                                STEP,
                                "DURATION",
                                "The time between two points of the range; chosen to fit the chart where not given",
                                Completion.of("15s", "1m", "5m"))
                        .json()
                        .details("TIME is " + Moments.ALLOWED
                                + ".\nA range of up to four series is drawn, more are shown as bars.\n"
                                + "JSON is as in the \"data\" of Prometheus's HTTP API."),
                this::query));
    }

    private int query(Call call) throws CommandFailure, UsageException, QueryException {
        QueryEngine engine = services.need(QueryEngine.class, "the query engine");
        Instant now = clock.instant();
        String expression = call.arguments().get(EXPRESSION);
        Optional<Instant> at = moment(call, AT, now);
        Optional<Instant> from = moment(call, FROM, now);
        Optional<Instant> to = moment(call, TO, now);
        Optional<Duration> step = call.arguments().find(STEP, HumanDuration::parse);
        if (from.isEmpty()) {
            if (to.isPresent() || step.isPresent()) {
                throw new UsageException(TO + " and " + STEP + " belong to a range, which begins with " + FROM);
            }
            return show(call, engine.instant(expression, at.orElse(now)), Optional.empty());
        }
        if (at.isPresent()) {
            throw new UsageException(AT + " asks for one moment and " + FROM + " for a range; give one of them");
        }
        Instant end = to.orElse(now);
        if (!from.get().isBefore(end)) {
            throw new UsageException("the range ends before it begins");
        }
        if (step.isPresent() && step.get().isZero()) {
            throw new UsageException(STEP + " must be longer than zero");
        }
        Duration chosen = step.orElseGet(
                () -> fitting(Duration.between(from.get(), end), call.screen().chartWidth()));
        var range = new QueryAnswer.Range(from.get(), end, chosen);
        return show(call, engine.range(expression, from.get(), end, chosen), Optional.of(range));
    }

    private int show(Call call, QueryResult result, Optional<QueryAnswer.Range> range) {
        if (call.json()) {
            call.screen().line(Json.object(json -> QueryAnswer.write(json, result)));
            return ShellCommand.OK;
        }
        QueryValue value = result.value();
        answer.show(value, range, call.screen());
        result.warnings().forEach(warning -> call.screen().failure("Warning: " + warning));
        result.infos().forEach(info -> call.screen().failure("Note: " + info));
        return ShellCommand.OK;
    }

    private static Optional<Instant> moment(Call call, String option, Instant now) throws UsageException {
        return call.arguments().find(option, text -> Moments.parse(text, now));
    }

    /** The shortest round step that gives no more points than the chart has columns of dots. */
    private static Duration fitting(Duration range, int width) {
        long needed = Math.max(1, range.toSeconds() / (2L * width));
        for (long step : STEPS) {
            if (step >= needed) {
                return Duration.ofSeconds(step);
            }
        }
        return Duration.ofDays(1 + range.toDays() / (2L * width));
    }
}
