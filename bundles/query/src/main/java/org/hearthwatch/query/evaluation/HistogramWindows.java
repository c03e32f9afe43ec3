package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.function.BucketMismatchException;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.CounterWindow;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.function.RangeFunction;
import org.hearthwatch.query.function.Window;
import org.jspecify.annotations.Nullable;

/** Range functions where at least one of the samples is a native histogram. For one call and one series at a time. */
final class HistogramWindows {

    private final String function;
    private final RangeFunction ofNumbers;
    private final Notes notes;
    private final Notes.Place place;
    private String metric = "";

    /**
     * @param function the function's name
     * @param ofNumbers what it makes of numbers
     * @param place of the first argument
     */
    HistogramWindows(String function, RangeFunction ofNumbers, Notes notes, Notes.Place place) {
        this.function = function;
        this.ofNumbers = ofNumbers;
        this.notes = notes;
        this.place = place;
    }

    /** Turns to another series. */
    void of(String metricName) {
        metric = metricName;
    }

    /** Puts the result for a window that holds histograms, if there is one, into one of two columns. */
    void apply(Window window, int step, double[] cells, @Nullable Distribution[] histograms) {
        int size = window.size();
        boolean mixed = window.histograms() < size;
        switch (function) {
            case "count_over_time", "present_over_time", "absent_over_time", "ts_of_last_over_time" ->
                cells[step] = ofNumbers.apply(window);
            case "last_over_time" -> {
                Distribution last = window.histogram(size - 1);
                histograms[step] = last;
                cells[step] = last == null ? window.last() : Cell.ABSENT;
            }
            case "changes", "resets" -> cells[step] = differences(window, function.equals("resets"));
            case "rate", "increase", "delta", "sum_over_time", "avg_over_time" -> {
                if (mixed) {
                    notes.mixedFloatsAndHistograms(metric, place);
                } else {
                    histograms[step] = ofHistograms(window);
                }
            }
            case "irate", "idelta" -> histograms[step] = lastTwo(window, step, cells);
            default -> {
                if (mixed) {
                    notes.histogramsIgnoredInRange(metric, place);
                    cells[step] = ofNumbers.apply(window.numbers());
                }
            }
        }
    }

    private static double differences(Window window, boolean resets) {
        int differences = 0;
        for (int i = 1; i < window.size(); i++) {
            Distribution before = window.histogram(i - 1);
            Distribution now = window.histogram(i);
            boolean differs;
            if (before == null && now == null) {
                double value = window.value(i);
                double earlier = window.value(i - 1);
                differs =
                        resets ? value < earlier : value != earlier && !(Double.isNaN(value) && Double.isNaN(earlier));
            } else if (before == null || now == null) {
                differs = true;
            } else {
                differs = resets ? now.isResetFrom(before) : !now.sameAs(before);
            }
            differences += differs ? 1 : 0;
        }
        return differences;
    }

    private @Nullable Distribution ofHistograms(Window window) {
        try {
            return switch (function) {
                case "sum_over_time" -> sum(window);
                case "avg_over_time" -> mean(window);
                default -> window.size() < 2 ? null : change(window);
            };
        } catch (BucketMismatchException e) {
            notes.bucketMismatch(e, metric, place);
            return null;
        }
    }

    private static Distribution sum(Window window) throws BucketMismatchException {
        Distribution sum = at(window, 0);
        for (int i = 1; i < window.size(); i++) {
            sum = sum.plus(at(window, i));
        }
        return sum;
    }

    private static Distribution mean(Window window) throws BucketMismatchException {
        Distribution mean = at(window, 0);
        for (int i = 1; i < window.size(); i++) {
            double count = i + 1.0;
            mean = mean.plus(at(window, i).over(count).minus(mean.over(count)));
        }
        return mean;
    }

    private Distribution change(Window window) throws BucketMismatchException {
        boolean counter = !function.equals("delta");
        Distribution change = CounterWindow.change(window, counter);
        // Where the buckets do not fit, that alone is told.
        noteKind(window, counter);
        double factor = CounterWindow.extrapolation(window, counter, Double.NaN, Double.NaN);
        if (function.equals("rate")) {
            factor /= (window.end() - window.start()) / 1e3;
        }
        return change.times(factor);
    }

    private void noteKind(Window window, boolean counter) {
        int last = window.size() - 1;
        if (!counter) {
            if (!at(window, 0).isGauge() || !at(window, last).isGauge()) {
                notes.histogramNoGauge(metric, place);
            }
            return;
        }
        for (int i = 0; i <= last; i++) {
            if (at(window, i).isGauge()) {
                notes.histogramNoCounter(metric, place);
                return;
            }
        }
    }

    private @Nullable Distribution lastTwo(Window window, int step, double[] cells) {
        int last = window.size() - 1;
        if (last < 1) {
            return null;
        }
        Distribution before = window.histogram(last - 1);
        Distribution now = window.histogram(last);
        boolean rate = function.equals("irate");
        if (before == null && now == null) {
            cells[step] = ofNumbers.apply(window);
            return null;
        }
        if (before == null || now == null) {
            notes.mixedFloatsAndHistograms(metric, place);
            return null;
        }
        if (rate && (before.isGauge() || now.isGauge())) {
            notes.histogramNoCounter(metric, place);
        }
        if (!rate && !(before.isGauge() && now.isGauge())) {
            notes.histogramNoGauge(metric, place);
        }
        try {
            Distribution change = rate && now.isResetFrom(before) ? now : now.minus(before);
            change = change.asGauge().compacted();
            return rate ? change.over((window.time(last) - window.time(last - 1)) / 1e3) : change;
        } catch (BucketMismatchException e) {
            notes.bucketMismatch(e, metric, place);
            return null;
        }
    }

    private static Distribution at(Window window, int index) {
        Distribution histogram = window.histogram(index);
        if (histogram == null) {
            throw new IllegalArgumentException("a number among histograms");
        }
        return histogram;
    }
}
