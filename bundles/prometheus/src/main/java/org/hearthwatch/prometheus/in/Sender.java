package org.hearthwatch.prometheus.in;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;

/** One who pushes: what of its was taken and refused, and how much more it may send. Thread-safe. */
public final class Sender {

    private static final long EPOCH_MILLIS = Duration.ofHours(1).toMillis();
    private static final int BURST_SECONDS = 10;
    private static final int MOST_FAMILIES = 20_000;

    private final String name;
    private final Labels forced;
    private final Map<String, MetricMetadata> families = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

    final LongAdder requests = new LongAdder();
    final LongAdder samples = new LongAdder();
    final LongAdder histograms = new LongAdder();
    final LongAdder exemplars = new LongAdder();
    final LongAdder bytes = new LongAdder();

    private volatile Epoch epoch = new Epoch(Long.MIN_VALUE);
    private double budget;
    private long budgetMillis;

    /** @param forced labels that everything from this sender gets, over its own of the same name */
    Sender(String name, Labels forced) {
        this.name = name;
        this.forced = forced;
    }

    /** What its samples are accounted by, such as {@code push/nas}. */
    public String name() {
        return name;
    }

    public Labels forced() {
        return forced;
    }

    /** The series it sent within the current hour. */
    Epoch epoch(long nowMillis) {
        Epoch current = epoch;
        long number = Math.floorDiv(nowMillis, EPOCH_MILLIS);
        if (current.number != number) {
            current = new Epoch(number);
            epoch = current;
        }
        return current;
    }

    int series() {
        return epoch.size();
    }

    /**
     * Whether so many more samples are within the rate. What is taken although it is more than the budget is owed, so that
     * a request larger than the budget can pass at all.
     */
    synchronized boolean mayBring(int perSecond, long nowMillis) {
        double most = (double) perSecond * BURST_SECONDS;
        budget = Math.min(most, budget + Math.max(0, nowMillis - budgetMillis) * (perSecond / 1000d));
        budgetMillis = nowMillis;
        return budget > 0;
    }

    synchronized void brought(int count) {
        budget -= count;
    }

    /** Counts a body's bytes. */
    public void bytes(long count) {
        bytes.add(count);
    }

    /** Counts a request that could not be understood. */
    public void malformed() {
        refused("malformed", 1);
    }

    void refused(String reason, long count) {
        refused.computeIfAbsent(reason, r -> new LongAdder()).add(count);
    }

    Map<String, Long> refusals() {
        var all = new TreeMap<String, Long>();
        refused.forEach((reason, count) -> all.put(reason, count.sum()));
        return all;
    }

    /** Whether a family's metadata differ from what it sent before. */
    boolean isNews(MetricMetadata family) {
        if (families.size() >= MOST_FAMILIES) {
            families.clear();
        }
        return !family.equals(families.put(family.name(), family));
    }

    /** The different series of an hour, by hash: a rare collision makes the limit one larger. */
    static final class Epoch {

        private static final int SMALLEST = 64;

        private final long number;
        private int[] hashes = new int[SMALLEST];
        private int size;

        Epoch(long number) {
            this.number = number;
        }

        /** Counts a series. False if it is new and beyond the limit. */
        synchronized boolean admits(Labels series, int limit) {
            int hash = series.hashCode() == 0 ? 1 : series.hashCode();
            int slot = slot(hashes, hash);
            if (hashes[slot] == hash) {
                return true;
            }
            if (size >= limit) {
                return false;
            }
            hashes[slot] = hash;
            if (++size * 2 > hashes.length) {
                grow();
            }
            return true;
        }

        synchronized int size() {
            return size;
        }

        private void grow() {
            var larger = new int[2 * hashes.length];
            for (int hash : hashes) {
                if (hash != 0) {
                    larger[slot(larger, hash)] = hash;
                }
            }
            hashes = larger;
        }

        private static int slot(int[] table, int hash) {
            int slot = (hash * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(table.length - 1);
            while (table[slot] != 0 && table[slot] != hash) {
                slot = (slot + 1) & (table.length - 1);
            }
            return slot;
        }
    }
}
