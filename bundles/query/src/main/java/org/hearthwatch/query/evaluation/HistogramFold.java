package org.hearthwatch.query.evaluation;

import java.util.List;
import org.hearthwatch.query.function.BucketMismatchException;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;
import org.jspecify.annotations.Nullable;

/** Sums and means of native histograms; where there are numbers among them, there is no result. */
final class HistogramFold {

    private final boolean mean;
    private final Notes notes;
    private final Notes.Place place;
    private final @Nullable Distribution[] results;
    private final int[] counts;
    private final boolean[] numbers;
    private final boolean[] histograms;
    private final boolean[] mismatched;

    HistogramFold(boolean mean, int steps, Notes notes, Notes.Place place) {
        this.mean = mean;
        this.notes = notes;
        this.place = place;
        this.results = new Distribution[steps];
        this.counts = new int[steps];
        this.numbers = new boolean[steps];
        this.histograms = new boolean[steps];
        this.mismatched = new boolean[steps];
    }

    /** The histograms of some rows, and in {@code cells} none of the numbers that stood among them. */
    Row result(Row numbersOnly, List<Row> rows) {
        rows.forEach(this::add);
        double[] cells = numbersOnly.cells();
        for (int step = 0; step < cells.length; step++) {
            if (numbers[step] && histograms[step]) {
                notes.mixedFloatsAndHistogramsInAggregation(place);
            }
            if (histograms[step]) {
                cells[step] = Cell.ABSENT;
            }
            Distribution result = results[step];
            boolean valid = result != null && !numbers[step] && !mismatched[step];
            results[step] = valid && result != null ? result.compacted() : null;
        }
        return new Row(numbersOnly.labels(), numbersOnly.nameGoes(), cells, results);
    }

    private void add(Row row) {
        for (int step = 0; step < results.length; step++) {
            if (!row.isPresent(step) || mismatched[step]) {
                continue;
            }
            counts[step]++;
            Distribution histogram = row.histogram(step);
            if (histogram == null) {
                numbers[step] = true;
                continue;
            }
            histograms[step] = true;
            Distribution result = results[step];
            if (counts[step] == 1) {
                results[step] = histogram;
            } else if (result != null) {
                try {
                    double count = counts[step];
                    results[step] = mean
                            ? result.plus(histogram.over(count).minus(result.over(count)))
                            : result.plus(histogram);
                } catch (BucketMismatchException e) {
                    notes.bucketMismatch(e, row.labels().metricName(), place);
                    mismatched[step] = true;
                }
            }
        }
    }
}
