package org.hearthwatch.alert.unittest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.store.SampleBatch;

/** The input of a test, put into the store as time goes by. Not thread-safe. */
final class Input {

    private final UnitTestFile.TestGroup test;
    private final TestStore store;
    private final List<SeriesNotation.Described> series = new ArrayList<>();
    private int next;

    /** @throws IllegalArgumentException if a series or its values cannot be read */
    Input(UnitTestFile.TestGroup test, TestStore store) {
        this.test = test;
        this.store = store;
        for (UnitTestFile.InputSeries input : test.input()) {
            series.add(SeriesNotation.series(input.series() + " " + input.values()));
        }
    }

    /** Puts in all that is not later than a moment. */
    void loadUntil(Instant at) {
        long step = test.interval().toMillis();
        long start = test.start().toEpochMilli();
        SampleBatch.Builder batch = SampleBatch.from("test");
        int longest = series.stream().mapToInt(one -> one.values().size()).max().orElse(0);
        for (; next < longest && start + next * step <= at.toEpochMilli(); next++) {
            for (SeriesNotation.Described one : series) {
                if (next < one.values().size()) {
                    add(batch, one, one.values().get(next), start + next * step);
                }
            }
        }
        store.append(batch.build());
    }

    private static void add(
            SampleBatch.Builder batch, SeriesNotation.Described one, Optional<SeriesNotation.Value> value, long time) {
        if (value.isEmpty()) {
            return;
        }
        if (value.get().histogram().isPresent()) {
            batch.add(one.labels(), time, value.get().histogram().get());
        } else {
            batch.add(one.labels(), time, value.get().number());
        }
    }
}
