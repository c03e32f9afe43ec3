package org.hearthwatch.store.tier;

import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SelectHints.Aspect;

/**
 * Turns samples of a series into intervals of one width, and intervals into wider ones. Samples may come in any number of
 * pieces, in growing time; {@link #finish} gives the interval still open.
 *
 * <ul>
 *   <li>An interval with end {@code e} has the samples with {@code e - width < time <= e}; ends are multiples of the
 *       width. Where there is no sample, there is no interval.
 *   <li>A stale marker counts as nothing, but may be the last sample, so that a series ends in a tier where it ended. An
 *       interval of nothing but stale markers has count 0, sum 0, and NaN for minimum and maximum.
 *   <li>Any other NaN is counted, makes the sum NaN, and is passed over by minimum, maximum and increase. Where there is
 *       no other value, minimum and maximum are NaN.
 *   <li>The increase adds up the steps from number to number, the first of them from the last number before the
 *       interval; a step down is a reset, after which the counter began at 0. Infinite values are passed over.
 *   <li>Native histograms are left out: what an interval would keep of them is the last one, and that is what the samples
 *       are kept for.
 * </ul>
 *
 * <p>For one thread.
 */
public final class Downsampler {

    private final long width;
    private boolean open;
    private boolean hasBefore;
    private double before;
    private long end;
    private long lastTime;
    private double count;
    private double sum;
    private double min;
    private double max;
    private double last;
    private double increase;

    /**
     * @param width of the intervals in milliseconds
     * @throws IllegalArgumentException if it is not positive
     */
    public Downsampler(long width) {
        if (width <= 0) {
            throw new IllegalArgumentException("An interval is at least a millisecond wide, not " + width);
        }
        this.width = width;
    }

    /** Begins a series of which nothing is known before the samples to come. */
    public void start() {
        open = false;
        hasBefore = false;
    }

    /** Begins a series whose last number before the samples to come is known. */
    public void start(double lastBefore) {
        start();
        before(lastBefore);
    }

    /** The end of the interval a time falls in. */
    public long endOf(long time) {
        return -Math.floorDiv(-time, width) * width;
    }

    /** Takes samples; intervals that are over go to the buffer. */
    public void add(SampleBuffer samples, TierBuffer into) {
        for (int i = 0; i < samples.size(); i++) {
            if (samples.histogram(i).isEmpty()) {
                add(samples.timestamp(i), samples.value(i), into);
            }
        }
    }

    private void add(long time, double value, TierBuffer into) {
        moveTo(endOf(time), into);
        lastTime = time;
        last = value;
        if (Staleness.isStale(value)) {
            return;
        }
        count++;
        sum += value;
        least(value);
        greatest(value);
        if (Double.isFinite(value)) {
            if (hasBefore) {
                increase += value < before ? value : value - before;
            }
            before(value);
        }
    }

    /** Takes narrower intervals, whose width divides this one's; wider ones that are over go to the buffer. */
    public void add(TierBuffer narrower, TierBuffer into) {
        for (int i = 0; i < narrower.size(); i++) {
            moveTo(endOf(narrower.end(i)), into);
            lastTime = narrower.lastTime(i);
            last = narrower.last(i);
            count += narrower.count(i);
            sum += narrower.sum(i);
            least(narrower.min(i));
            greatest(narrower.max(i));
            increase += narrower.increase(i);
        }
    }

    /** Gives the interval still open, if there is one. The last number is remembered for what comes after. */
    public void finish(TierBuffer into) {
        if (open) {
            into.add(end, lastTime, count, sum, min, max, last, increase);
            open = false;
        }
    }

    private void moveTo(long intervalEnd, TierBuffer into) {
        if (open && end == intervalEnd) {
            return;
        }
        finish(into);
        open = true;
        end = intervalEnd;
        count = 0;
        sum = 0;
        min = Double.NaN;
        max = Double.NaN;
        increase = 0;
    }

    private void least(double value) {
        if (value < min || Double.isNaN(min)) {
            min = value;
        }
    }

    private void greatest(double value) {
        if (value > max || Double.isNaN(max)) {
            max = value;
        }
    }

    private void before(double value) {
        before = value;
        hasBefore = true;
    }

    /**
     * What one aspect of a series' intervals looks like as samples, each at the time of the interval's last sample.
     *
     * <p>A counter begins at the last value of the first interval and grows by the increase of each interval after it, so
     * the difference of any two of these samples is what the counter grew between them. Give it all intervals of a
     * question at once.
     *
     * @throws IllegalArgumentException for {@link Aspect#SAMPLES}, which intervals cannot give
     */
    public static void samples(TierBuffer intervals, Aspect aspect, SampleBuffer into) {
        if (aspect == Aspect.SAMPLES) {
            throw new IllegalArgumentException("Intervals do not give the samples that were there");
        }
        double running = 0;
        for (int i = 0; i < intervals.size(); i++) {
            running = i == 0 ? beginning(intervals) : running + intervals.increase(i);
            long time = intervals.lastTime(i);
            if (aspect == Aspect.LAST || intervals.count(i) > 0) {
                into.add(
                        time,
                        switch (aspect) {
                            case SAMPLES, LAST -> intervals.last(i);
                            case COUNTER -> running;
                            case MIN -> intervals.min(i);
                            case MAX -> intervals.max(i);
                            case SUM -> intervals.sum(i);
                            case COUNT -> intervals.count(i);
                        });
            }
        }
    }

    private static double beginning(TierBuffer intervals) {
        double last = intervals.last(0);
        return Double.isFinite(last) ? last : intervals.increase(0);
    }
}
