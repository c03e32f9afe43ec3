package org.hearthwatch.query.remote;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryException.Kind;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryStats;
import org.hearthwatch.api.query.SeriesLookup.Found;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.evaluation.Arena;
import org.hearthwatch.query.remote.Remote.Parameter;
import org.hearthwatch.query.syntax.GoText;

/**
 * Asks a remote engine over Prometheus's HTTP API (prometheus.io/docs/prometheus/latest/querying/api). Bounded in time,
 * memory and requests at once. Thread-safe.
 */
final class RemoteEngine {

    /** Beyond these nobody has samples; remote engines take no years of more than four digits. */
    private static final long FIRST = 0;

    private static final long LAST = 253_402_300_799_000L;

    private static final String BAD_QUERY = "invalid parameter \"query\": ";

    private final Remote remote;
    private final Limits limits;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Arena arena;
    private final Semaphore turns;

    /**
     * An engine behind a remote.
     *
     * @param patience how long an answer may take, if the limits do not say less
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    RemoteEngine(Remote remote, Limits limits, Duration patience, LongSupplier nanoTime) {
        this.remote = remote;
        this.limits = limits;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.arena = new Arena(limits.maxMemory());
        this.turns = new Semaphore(limits.concurrency(), true);
    }

    String name() {
        return remote.name();
    }

    QueryResult instant(String expression, Instant at, QueryOptions options)
            throws QueryException, RemoteUnavailableException {
        var parameters = new ArrayList<Parameter>();
        parameters.add(new Parameter("query", expression));
        parameters.add(new Parameter("time", seconds(at.toEpochMilli())));
        return evaluated("query", parameters, options);
    }

    QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options)
            throws QueryException, RemoteUnavailableException {
        var parameters = new ArrayList<Parameter>();
        parameters.add(new Parameter("query", expression));
        parameters.add(new Parameter("start", seconds(start.toEpochMilli())));
        parameters.add(new Parameter("end", seconds(end.toEpochMilli())));
        parameters.add(new Parameter("step", seconds(step.toMillis())));
        return evaluated("query_range", parameters, options);
    }

    private QueryResult evaluated(String path, List<Parameter> parameters, QueryOptions options)
            throws QueryException, RemoteUnavailableException {
        Duration most = patience(options);
        parameters.add(new Parameter("timeout", seconds(most.toMillis())));
        options.lookback()
                .ifPresent(lookback -> parameters.add(new Parameter("lookback_delta", seconds(lookback.toMillis()))));
        long began = nanoTime.getAsLong();
        RemoteAnswer answer = asked(path, parameters, true, most);
        var value = answer.value().orElseThrow(() -> new RemoteUnavailableException("its answer holds no result"));
        var took = Duration.ofNanos(nanoTime.getAsLong() - began);
        var stats = new QueryStats(0, new long[0], 0, Duration.ZERO, Duration.ZERO, took);
        return new QueryResult(value, answer.warnings(), answer.infos(), 0, stats, Duration.ZERO);
    }

    Found<Labels> series(List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException, RemoteUnavailableException {
        RemoteAnswer answer = lookup("series", selectors, from, to, limit);
        return new Found<>(answer.series().stream().distinct().sorted().toList(), answer.warnings());
    }

    Found<String> labelNames(List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException, RemoteUnavailableException {
        return texts(lookup("labels", selectors, from, to, limit));
    }

    Found<String> labelValues(String label, List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException, RemoteUnavailableException {
        return texts(lookup("label/" + EscapedName.of(label) + "/values", selectors, from, to, limit));
    }

    private static Found<String> texts(RemoteAnswer answer) {
        return new Found<>(answer.texts().stream().distinct().sorted().toList(), answer.warnings());
    }

    private RemoteAnswer lookup(String path, List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException, RemoteUnavailableException {
        var parameters = new ArrayList<Parameter>();
        selectors.forEach(matchers -> parameters.add(new Parameter("match[]", selector(matchers))));
        if (from > FIRST) {
            parameters.add(new Parameter("start", seconds(Math.min(from, LAST))));
        }
        if (to < LAST) {
            parameters.add(new Parameter("end", seconds(Math.max(to, FIRST))));
        }
        limit.ifPresent(most -> parameters.add(new Parameter("limit", Integer.toString(most))));
        // Label values are the one thing that Prometheus answers to GET alone.
        return asked(path, parameters, !path.startsWith("label/"), patience(QueryOptions.DEFAULT));
    }

    private static String selector(List<Matcher> matchers) {
        var text = new StringBuilder("{");
        for (Matcher matcher : matchers) {
            String name =
                    matcher.label().matches("[a-zA-Z_][a-zA-Z0-9_]*") ? matcher.label() : GoText.quote(matcher.label());
            text.append(text.length() == 1 ? "" : ",")
                    .append(name)
                    .append(matcher.kind().sign());
            text.append(GoText.quote(matcher.value()));
        }
        return text.append('}').toString();
    }

    private Duration patience(QueryOptions options) {
        Duration most = limits.timeout().compareTo(patience) < 0 ? limits.timeout() : patience;
        return options.timeout().filter(own -> own.compareTo(most) < 0).orElse(most);
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
    }

    private RemoteAnswer asked(String path, List<Parameter> parameters, boolean post, Duration most)
            throws QueryException, RemoteUnavailableException {
        long deadline = nanoTime.getAsLong() + most.toNanos();
        awaitTurn(most);
        try (Remote.Reply reply = remote.ask(path, parameters, post, most);
                var body = new MeteredStream(reply.body(), arena, nanoTime, deadline)) {
            return checked(reply.status(), read(reply.status(), body));
        } catch (MeteredStream.TooLargeException e) {
            throw new QueryException(Kind.EXECUTION, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new RemoteUnavailableException(String.valueOf(e.getMessage()), e);
        } finally {
            turns.release();
        }
    }

    private static RemoteAnswer read(int status, MeteredStream body) throws IOException {
        try {
            return AnswerReader.read(body);
        } catch (MeteredStream.TooLargeException e) {
            throw e;
        } catch (IOException e) {
            throw status / 100 == 2 ? e : new IOException("it answers with status " + status, e);
        }
    }

    private void awaitTurn(Duration most) throws QueryException {
        try {
            if (!turns.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new QueryException(Kind.TIMEOUT, "query timed out in query queue");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(Kind.CANCELED, "query was canceled in query queue", e);
        }
    }

    /** What is wrong with a question is the asker's to mend; all else is the remote's, which then has not answered. */
    private static RemoteAnswer checked(int status, RemoteAnswer answer)
            throws QueryException, RemoteUnavailableException {
        if (answer.success() && status / 100 == 2) {
            return answer;
        }
        String said = answer.error().isEmpty() ? "status " + status : answer.error();
        if (status == 400) {
            // Whoever shows it says again which parameter is meant.
            throw new QueryException(
                    Kind.BAD_DATA, said.startsWith(BAD_QUERY) ? said.substring(BAD_QUERY.length()) : said);
        }
        if (status == 422) {
            throw new QueryException(Kind.EXECUTION, said);
        }
        for (Kind kind : List.of(Kind.TIMEOUT, Kind.CANCELED)) {
            if (answer.errorType().equals(kind.word())) {
                throw new QueryException(kind, said);
            }
        }
        throw new RemoteUnavailableException("it answers with status " + status + ": " + said);
    }

    /** Bytes that answers being read hold now. */
    long memoryUsed() {
        return arena.used();
    }
}
