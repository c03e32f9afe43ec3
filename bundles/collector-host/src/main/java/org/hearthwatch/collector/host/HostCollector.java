package org.hearthwatch.collector.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every source in turn and says of each how long it took and whether it succeeded, as node_exporter does. A source
 * that throws fails alone. A first failure is logged as a warning, its repetitions only for debugging, and so is a
 * machine that simply lacks the thing.
 */
public final class HostCollector implements Collector {

    static final Gauge DURATION = Gauge.of(
            "node_scrape_collector_duration_seconds", "How long this part of the host collector took", "collector");
    static final Gauge SUCCESS = Gauge.of(
            "node_scrape_collector_success",
            "Whether this part of the host collector succeeded; 0 also where the machine has nothing of the kind",
            "collector");
    static final Counter LEFT_OUT = Counter.of(
            "hearthwatch_collector_host_left_out_total",
            "Entries not reported because a bound of the host collector was reached",
            "bound");

    private static final Logger LOG = LoggerFactory.getLogger(HostCollector.class);
    private static final double NANOS = 1e9;

    private final List<Part> parts = new ArrayList<>();
    private final LeftOut leftOut;
    private final LongSupplier nanoTime;
    private final ReentrantLock running = new ReentrantLock();

    /**
     * A collector of these sources.
     *
     * @param sources by name, run in the map's order
     * @param leftOut what the sources count their omissions in
     * @param nanoTime a clock for durations, such as {@link System#nanoTime}
     */
    public HostCollector(Map<String, Source> sources, LeftOut leftOut, LongSupplier nanoTime) {
        sources.forEach((name, source) -> parts.add(new Part(name, source)));
        this.leftOut = leftOut;
        this.nanoTime = nanoTime;
    }

    @Override
    public void collect(SampleSink sink) throws InterruptedException {
        running.lockInterruptibly();
        try {
            for (Part part : parts) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("The host collector was cancelled before " + part.name);
                }
                long start = nanoTime.getAsLong();
                boolean success = part.read(sink);
                sink.set(DURATION, (nanoTime.getAsLong() - start) / NANOS, part.label);
                sink.set(SUCCESS, success ? 1 : 0, part.label);
            }
            leftOut.counts().forEach((bound, count) -> sink.set(LEFT_OUT, (double) count, bound));
        } finally {
            running.unlock();
        }
    }

    /** A source with its name and how it fared last. */
    private static final class Part {

        final String name;
        final String[] label;
        private final Source source;
        private String lastFailure = "";

        Part(String name, Source source) {
            this.name = name;
            this.label = new String[] {name};
            this.source = source;
        }

        boolean read(SampleSink sink) throws InterruptedException {
            try {
                source.read(sink);
            } catch (NoDataException e) {
                LOG.debug("Nothing to report from {}: {}", name, e.getMessage());
                return false;
            } catch (IOException | RuntimeException e) {
                failed(e);
                return false;
            }
            if (!lastFailure.isEmpty()) {
                LOG.info("The {} part of the host collector works again", name);
                lastFailure = "";
            }
            return true;
        }

        private void failed(Exception e) {
            String failure = e.getClass().getSimpleName() + ": " + e.getMessage();
            if (failure.equals(lastFailure)) {
                LOG.debug("The {} part of the host collector still fails", name, e);
            } else if (e instanceof IOException) {
                LOG.warn("The {} part of the host collector failed, the others go on: {}", name, failure);
            } else {
                LOG.warn("The {} part of the host collector failed, the others go on", name, e);
            }
            lastFailure = failure;
        }
    }
}
