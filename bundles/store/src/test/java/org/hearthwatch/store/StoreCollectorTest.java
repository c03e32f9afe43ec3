package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.testkit.CollectorContract;
import org.hearthwatch.testkit.RecordedSamples;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class StoreCollectorTest extends CollectorContract {

    private static final Labels UP = Labels.of("__name__", "up");

    private final TestClock clock = TestClock.atStart();

    @Override
    protected Collector collector() throws Exception {
        return TimeSeriesStore.open(new SimulatedDisk(), Stores.settings(), clock)
                .collector();
    }

    @Test
    void counts_what_was_taken_and_what_was_not() throws Exception {
        var store = TimeSeriesStore.open(new SimulatedDisk(), Stores.settings(), clock);
        store.append(SampleBatch.from("test")
                .add(UP, clock.millis(), 1)
                .add(UP, clock.millis(), 1)
                .add(UP, clock.millis(), 2)
                .add(Labels.EMPTY, clock.millis(), 1)
                .build());
        var samples = new RecordedSamples();

        store.collector().collect(samples);

        assertThat(samples.asMap())
                .containsEntry("hearthwatch_store_series", 1.0)
                .containsEntry("hearthwatch_store_samples", 1.0)
                .containsEntry("hearthwatch_store_appended_total", 2.0)
                .containsEntry("hearthwatch_store_duplicates_total", 1.0)
                .containsEntry("hearthwatch_store_refused_total{reason=\"conflict\"}", 1.0)
                .containsEntry("hearthwatch_store_refused_total{reason=\"bad_labels\"}", 1.0)
                .containsEntry("hearthwatch_store_pending_samples", 1.0)
                .containsEntry("hearthwatch_store_read_only", 0.0);
        store.commit();
        var after = new RecordedSamples();
        store.collector().collect(after);
        assertThat(after.asMap())
                .containsEntry("hearthwatch_store_pending_samples", 0.0)
                .containsEntry("hearthwatch_store_commit_seconds_count", 1.0)
                .containsEntry("hearthwatch_store_log_segments", 1.0);
    }
}
