package org.hearthwatch.store.cardinality;

import java.util.function.IntUnaryOperator;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.store.index.LabelIndex;
import org.hearthwatch.store.index.Refs;

/**
 * Counts what the series in memory consist of, from the index of their labels: the work grows with the different label
 * values and with the series, once each, and only the greatest few are held. It may run beside appends; series that come
 * meanwhile are counted or not.
 */
public final class CardinalityCount {

    /** What a label value takes beside its characters: text, its array, map entry, set of series. */
    private static final int VALUE_BYTES = 136;

    private static final int REF_BYTES = Integer.BYTES;

    private final LabelIndex index;
    private final Sources sources;
    private final IntUnaryOperator sourceOfSeries;

    /**
     * A count.
     *
     * @param sourceOfSeries the number in {@code sources} of a series by its number; {@link Sources#UNKNOWN} where there
     *     is none
     */
    public CardinalityCount(LabelIndex index, Sources sources, IntUnaryOperator sourceOfSeries) {
        this.index = index;
        this.sources = sources;
        this.sourceOfSeries = sourceOfSeries;
    }

    /**
     * Counts now.
     *
     * @param top how many of each are listed
     * @param samples how many samples are in memory
     * @param oldest the time of the oldest of them
     * @param newest the time of the newest of them
     */
    public Cardinality count(int top, long samples, long oldest, long newest) {
        var metrics = new Top(top);
        var values = new Top(top);
        var bytes = new Top(top);
        var pairs = new Top(top);
        long labelPairs = 0;
        for (String label : index.names()) {
            boolean isMetric = label.equals(Labels.NAME);
            var sum = new LabelSum();
            index.forEachValue(label, (value, series) -> {
                sum.add(value, series);
                if (isMetric) {
                    metrics.offer(series, () -> value);
                }
                pairs.offer(series, () -> label + "=" + value);
            });
            if (sum.values > 0) {
                values.offer(sum.values, () -> label);
                bytes.offer(sum.bytes, () -> label);
                labelPairs += sum.values;
            }
        }
        Refs all = index.all();
        return new Cardinality(
                all.size(),
                labelPairs,
                samples,
                oldest,
                newest,
                bySource(all, top).list(),
                metrics.list(),
                values.list(),
                bytes.list(),
                pairs.list());
    }

    private Top bySource(Refs all, int top) {
        // Names may come while counting; a series may have one of them.
        var counts = new long[Sources.MOST + 2];
        for (int i = 0; i < all.size(); i++) {
            counts[sourceOfSeries.applyAsInt(all.get(i))]++;
        }
        var greatest = new Top(top);
        int known = sources.size();
        for (int number = 0; number < known; number++) {
            if (counts[number] > 0) {
                int named = number;
                greatest.offer(counts[number], () -> sources.name(named));
            }
        }
        return greatest;
    }

    /** What the values of one label come to. */
    private static final class LabelSum {
        private long values;
        private long bytes;

        void add(String value, int series) {
            values++;
            bytes += VALUE_BYTES + value.length() + (long) REF_BYTES * series;
        }
    }
}
