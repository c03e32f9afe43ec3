package org.hearthwatch.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryStats;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.query.evaluation.Arena;
import org.hearthwatch.query.evaluation.Budget;
import org.hearthwatch.query.evaluation.Crew;
import org.hearthwatch.query.evaluation.EvaluationException;
import org.hearthwatch.query.evaluation.Notes;
import org.hearthwatch.query.evaluation.Query;
import org.hearthwatch.query.syntax.CalculatedDurations;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.Feature;
import org.hearthwatch.query.syntax.Formatter;
import org.hearthwatch.query.syntax.GoText;
import org.hearthwatch.query.syntax.SyntaxException;
import org.hearthwatch.query.syntax.TextPosition;
import org.hearthwatch.query.syntax.TreeJson;
import org.hearthwatch.query.syntax.ValueType;

/** Answers PromQL over a store, within limits, in the asker's thread and those of a crew. Thread-safe. */
public final class PromQlEngine implements QueryEngine {

    /** As in Prometheus; enough for a screen of any width. */
    private static final long MAX_POINTS = 11_000;

    private final SeriesReader reader;
    private final Dialect dialect;
    private final ParsedExpressions expressions;
    private final Limits limits;
    private final QueryStatistics statistics;
    private final LongSupplier nanoTime;
    private final Semaphore turns;
    private final Arena arena;
    private final Crew crew;

    /**
     * An engine.
     *
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    public PromQlEngine(
            SeriesReader reader, Dialect dialect, Limits limits, QueryStatistics statistics, LongSupplier nanoTime) {
        this(reader, dialect, limits, statistics, nanoTime, Crew.NONE);
    }

    /**
     * An engine that has help.
     *
     * @param nanoTime a clock that only goes forward, in nanoseconds
     * @param crew works at queries of many series beside the asker's thread
     */
    public PromQlEngine(
            SeriesReader reader,
            Dialect dialect,
            Limits limits,
            QueryStatistics statistics,
            LongSupplier nanoTime,
            Crew crew) {
        this.crew = crew;
        this.reader = reader;
        this.dialect = dialect;
        this.expressions = new ParsedExpressions(dialect.features());
        this.limits = limits;
        this.statistics = statistics;
        this.nanoTime = nanoTime;
        this.turns = new Semaphore(limits.concurrency(), true);
        this.arena = new Arena(limits.maxMemory());
    }

    @Override
    public QueryResult instant(String expression, Instant at, QueryOptions options) throws QueryException {
        return statistics.observing(nanoTime, () -> {
            long began = nanoTime.getAsLong();
            Expr expr = parse(expression);
            checkDurations(expression, expr);
            long millis = millis(at);
            return run(expression, expr, millis, millis, options, nanoTime.getAsLong() - began, Query::instant);
        });
    }

    @Override
    public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options)
            throws QueryException {
        return statistics.observing(nanoTime, () -> {
            checkRange(start, end, step);
            long began = nanoTime.getAsLong();
            Expr expr = parse(expression);
            if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
                throw badData("invalid expression type "
                        + GoText.quote(expr.type().title()) + " for range query, must be Scalar or instant Vector");
            }
            checkDurations(expression, expr);
            return run(
                    expression,
                    expr,
                    millis(start),
                    millis(end),
                    options,
                    nanoTime.getAsLong() - began,
                    query -> query.range(step.toMillis()));
        });
    }

    @Override
    public String format(String expression) throws QueryException {
        return Formatter.pretty(parse(expression));
    }

    @Override
    public String tree(String expression) throws QueryException {
        return TreeJson.of(parse(expression));
    }

    private static void checkRange(Instant start, Instant end, Duration step) throws QueryException {
        if (step.toMillis() <= 0) {
            throw badData("zero or negative query resolution step widths are not accepted. Try a positive integer");
        }
        if (end.isBefore(start)) {
            throw badData("end timestamp must not be before start time");
        }
        if ((millis(end) - millis(start)) / step.toMillis() > MAX_POINTS) {
            throw badData("exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
                    + " resolution (?step=XX)");
        }
    }

    private static long millis(Instant time) throws QueryException {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            throw badData("time " + time + " is out of range");
        }
    }

    private void checkDurations(String expression, Expr expr) throws QueryException {
        if (dialect.features().contains(Feature.PROMQL_DURATION_EXPR)) {
            Optional<String> complaint = CalculatedDurations.complaint(expression, expr);
            if (complaint.isPresent()) {
                throw badData(complaint.get());
            }
        }
    }

    private Expr parse(String expression) throws QueryException {
        try {
            return expressions.parsed(expression);
        } catch (SyntaxException e) {
            String position = expression.isEmpty()
                    ? "unknown position"
                    : TextPosition.of(expression, e.at()).toString();
            throw badData(position + ": parse error: " + e.reason());
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    private static QueryException tooDeep(StackOverflowError e) {
        return new QueryException(
                QueryException.Kind.EXECUTION,
                "expression is too deep to be evaluated; split it up, or ask with simpler patterns",
                e);
    }

    private static QueryException badData(String message) {
        return new QueryException(QueryException.Kind.BAD_DATA, message);
    }

    private QueryResult run(
            String text,
            Expr expr,
            long start,
            long end,
            QueryOptions options,
            long parsed,
            Function<Query, Query.Outcome> evaluation)
            throws QueryException {
        Duration timeout = options.timeout()
                .filter(own -> own.compareTo(limits.timeout()) < 0)
                .orElse(limits.timeout());
        long nanos = timeout.toNanos();
        try (var budget = new Budget(nanoTime, nanos, limits.maxSamples(), arena)) {
            long asked = nanoTime.getAsLong();
            awaitTurn(nanos);
            long begun = nanoTime.getAsLong();
            try {
                var notes = new Notes(text);
                var query = new Query(
                        expr,
                        start,
                        end,
                        options.lookback().orElse(dialect.lookback()).toMillis(),
                        dialect.subqueryStep().toMillis(),
                        dialect.features(),
                        reader,
                        budget,
                        notes,
                        crew);
                Query.Outcome outcome = evaluation.apply(query);
                long[] perStep = outcome.samplesPerStep();
                var stats = new QueryStats(
                        outcome.samples(),
                        perStep,
                        budget.peak(),
                        Duration.ofNanos(begun - asked),
                        Duration.ofNanos(parsed),
                        Duration.ofNanos(nanoTime.getAsLong() - begun));
                return new QueryResult(
                        outcome.value(), notes.warnings(), notes.infos(), budget.samplesRead(), stats, notes.tier());
            } catch (EvaluationException e) {
                throw new QueryException(e.kind(), e.reason(), e);
            } catch (StackOverflowError e) {
                // What the bounds of nesting, chains and patterns let through, a thread with a small stack may not
                // bear.
                throw tooDeep(e);
            } finally {
                turns.release();
            }
        }
    }

    private void awaitTurn(long nanos) throws QueryException {
        try {
            if (!turns.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                throw new QueryException(QueryException.Kind.TIMEOUT, "query timed out in query queue");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(QueryException.Kind.CANCELED, "query was canceled in query queue", e);
        }
    }

    public Limits limits() {
        return limits;
    }

    /** Bytes that running queries hold now. */
    public long memoryUsed() {
        return arena.used();
    }

    /** How many characters the expressions have that are kept parsed. */
    int parsedCharacters() {
        return expressions.characters();
    }
}
