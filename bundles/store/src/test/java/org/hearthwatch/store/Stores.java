package org.hearthwatch.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SeriesReader;

/** Settings for tests, and what a store holds in a form that is easy to compare. */
final class Stores {

    private Stores() {}

    /** The defaults, but nothing is held back and nothing gathered. */
    static StoreSettings settings() {
        return settings(changes -> changes);
    }

    static StoreSettings settings(UnaryOperator<Changes> change) {
        Changes changes = change.apply(new Changes(
                StoreSettings.DEFAULTS.memoryBytes(), 1000, 0, 1 << 10, StoreSettings.DEFAULTS.cut(), true));
        var defaults = StoreSettings.DEFAULTS;
        return new StoreSettings(
                defaults.retention(),
                changes.retentionBytes,
                changes.memoryBytes,
                defaults.outOfOrderWindow(),
                defaults.futureWindow(),
                changes.maxSeries,
                Duration.ZERO,
                changes.reserveBytes,
                changes.tiers ? defaults.tiers() : List.of(),
                defaults.rules(),
                defaults.tailBytes(),
                changes.cut);
    }

    /** As usual, but samples are gathered for some time before they are written. */
    static StoreSettings gathering(Duration time) {
        StoreSettings usual = settings();
        return new StoreSettings(
                usual.retention(),
                usual.retentionBytes(),
                usual.memoryBytes(),
                usual.outOfOrderWindow(),
                usual.futureWindow(),
                usual.maxSeries(),
                time,
                usual.reserveBytes(),
                usual.tiers(),
                usual.rules(),
                usual.tailBytes(),
                usual.cut());
    }

    /** The settings that tests change. */
    record Changes(
            long memoryBytes, int maxSeries, long retentionBytes, long reserveBytes, Duration cut, boolean tiers) {

        Changes memoryBytes(long bytes) {
            return new Changes(bytes, maxSeries, retentionBytes, reserveBytes, cut, tiers);
        }

        Changes maxSeries(int series) {
            return new Changes(memoryBytes, series, retentionBytes, reserveBytes, cut, tiers);
        }

        Changes retentionBytes(long bytes) {
            return new Changes(memoryBytes, maxSeries, bytes, reserveBytes, cut, tiers);
        }

        Changes reserveBytes(long bytes) {
            return new Changes(memoryBytes, maxSeries, retentionBytes, bytes, cut, tiers);
        }

        Changes tiers(boolean some) {
            return new Changes(memoryBytes, maxSeries, retentionBytes, reserveBytes, cut, some);
        }

        Changes cut(Duration time) {
            return new Changes(memoryBytes, maxSeries, retentionBytes, reserveBytes, time, tiers);
        }
    }

    /** All samples of one series. */
    static List<Sample> samplesOf(SeriesReader reader, Labels series) {
        var matchers = new ArrayList<Matcher>();
        series.forEach((name, value) -> matchers.add(Matcher.equal(name, value)));
        var samples = new ArrayList<Sample>();
        var buffer = new SampleBuffer();
        try (var selection = reader.select(matchers, Long.MIN_VALUE, Long.MAX_VALUE)) {
            for (int i = 0; i < selection.size(); i++) {
                if (selection.labels(i).equals(series)) {
                    selection.read(i, buffer);
                    for (int j = 0; j < buffer.size(); j++) {
                        samples.add(new Sample(series, buffer.timestamp(j), buffer.value(j)));
                    }
                }
            }
        }
        return samples;
    }
}
