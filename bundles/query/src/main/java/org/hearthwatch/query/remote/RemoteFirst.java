package org.hearthwatch.query.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.SeriesLookup;
import org.hearthwatch.api.query.StoredSeries;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.query.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a remote engine answer, and where it does not, the embedded one over the newest samples; the answer then says so. After
 * a failure the remote is left alone for a while, so that not every asker waits for it. What concerns the expression alone is
 * the embedded engine's. Thread-safe.
 */
public final class RemoteFirst implements QueryEngine, SeriesLookup {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteFirst.class);

    /** How long a remote that failed is not asked. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final RemoteEngine remote;
    private final QueryEngine embedded;
    private final StoredSeries stored;
    private final NewestReader newest;
    private final LongSupplier nanoTime;
    private final RemoteFigures figures;
    private volatile Outage outage = Outage.NONE;

    /** Since when the remote is left alone, and why; no reason while it answers. */
    private record Outage(long since, String reason) {
        static final Outage NONE = new Outage(0, "");
    }

    /**
     * How a remote engine is used.
     *
     * @param patience how long an answer may take
     * @param fallback how much of the newest time is answered from here; zero for none
     */
    public record Terms(Duration patience, Duration fallback) {}

    /**
     * An engine that asks a remote first.
     *
     * @param embedded answers from the newest samples
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    public RemoteFirst(
            Remote remote,
            Terms terms,
            Limits limits,
            QueryEngine embedded,
            NewestReader newest,
            LongSupplier nanoTime,
            RemoteFigures figures) {
        this.remote = new RemoteEngine(remote, limits, terms.patience(), nanoTime);
        this.newest = newest;
        this.embedded = embedded;
        this.stored = new StoredSeries(newest);
        this.nanoTime = nanoTime;
        this.figures = figures;
    }

    /** A question to the remote. */
    @FunctionalInterface
    private interface RemoteQuestion<T> {
        T ask() throws QueryException, RemoteUnavailableException;
    }

    /** The same question to what is here. */
    @FunctionalInterface
    private interface LocalQuestion<T> {
        T ask(String warning) throws QueryException;
    }

    @Override
    public QueryResult instant(String expression, Instant at, QueryOptions options) throws QueryException {
        return asked(
                at.toEpochMilli(),
                () -> remote.instant(expression, at, options),
                warning -> warned(embedded.instant(expression, at, options), warning));
    }

    @Override
    public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options)
            throws QueryException {
        return asked(
                end.toEpochMilli(),
                () -> remote.range(expression, start, end, step, options),
                warning -> warned(embedded.range(expression, start, end, step, options), warning));
    }

    @Override
    public Found<Labels> series(List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException {
        return asked(
                to,
                () -> remote.series(selectors, from, to, limit),
                warning -> warned(stored.series(selectors, from, to, limit), warning));
    }

    @Override
    public Found<String> labelNames(List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException {
        return asked(
                to,
                () -> remote.labelNames(selectors, from, to, limit),
                warning -> warned(stored.labelNames(selectors, from, to, limit), warning));
    }

    @Override
    public Found<String> labelValues(String label, List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException {
        return asked(
                to,
                () -> remote.labelValues(label, selectors, from, to, limit),
                warning -> warned(stored.labelValues(label, selectors, from, to, limit), warning));
    }

    @Override
    public String format(String expression) throws QueryException {
        return embedded.format(expression);
    }

    @Override
    public String tree(String expression) throws QueryException {
        return embedded.tree(expression);
    }

    private <T> T asked(long newestWanted, RemoteQuestion<T> question, LocalQuestion<T> instead) throws QueryException {
        Outage known = outage;
        if (!known.reason().isEmpty() && nanoTime.getAsLong() - known.since() < PAUSE.toNanos()) {
            return fallback(newestWanted, known.reason(), instead);
        }
        try {
            T answer = question.ask();
            figures.answered();
            wellAgain();
            return answer;
        } catch (QueryException e) {
            figures.refused();
            wellAgain();
            throw e;
        } catch (RemoteUnavailableException e) {
            figures.failed();
            String reason = String.valueOf(e.getMessage());
            if (changed(new Outage(nanoTime.getAsLong(), reason)).reason().isEmpty()) {
                LOG.warn(
                        "The remote query engine {} does not answer: {}. Until it does, {}.",
                        remote.name(),
                        reason,
                        instead());
            }
            return fallback(newestWanted, reason, instead);
        }
    }

    /** Remembers how the remote is, and gives back how it was. */
    private synchronized Outage changed(Outage now) {
        Outage before = outage;
        outage = now;
        return before;
    }

    private void wellAgain() {
        if (!changed(Outage.NONE).reason().isEmpty()) {
            LOG.info("The remote query engine {} answers again.", remote.name());
        }
    }

    private String instead() {
        return newest.window().isZero()
                ? "queries fail"
                : "queries are answered from the newest " + HumanDuration.format(newest.window()) + " kept here";
    }

    private <T> T fallback(long newestWanted, String reason, LocalQuestion<T> instead) throws QueryException {
        String said = "the remote query engine " + remote.name() + " does not answer (" + reason + ")";
        if (newest.window().isZero() || newestWanted < newest.oldest()) {
            String kept = newest.window().isZero()
                    ? "nothing is answered from here (fallback of etc/org.hearthwatch.query.cfg)"
                    : "only the newest " + HumanDuration.format(newest.window()) + " can be answered from here";
            throw new QueryException(QueryException.Kind.UNAVAILABLE, said + ", and " + kept);
        }
        figures.fellBack();
        return instead.ask(
                said + "; only the newest " + HumanDuration.format(newest.window()) + ", as kept here, was looked at");
    }

    private static QueryResult warned(QueryResult result, String warning) {
        return new QueryResult(
                result.value(),
                with(warning, result.warnings()),
                result.infos(),
                result.samplesRead(),
                result.stats(),
                result.resolution());
    }

    private static <T> Found<T> warned(Found<T> found, String warning) {
        return new Found<>(found.values(), with(warning, found.warnings()));
    }

    private static List<String> with(String warning, List<String> others) {
        var all = new ArrayList<String>();
        all.add(warning);
        all.addAll(others);
        return all;
    }
}
