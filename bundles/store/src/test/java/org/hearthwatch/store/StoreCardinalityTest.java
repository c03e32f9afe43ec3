package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.api.store.Cardinality.Count;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.FileDisk;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCardinalityTest {

    private static final Labels UP = Labels.of(Labels.NAME, "up", "job", "node");

    private final TestClock clock = TestClock.atStart();

    @TempDir
    private Path folder;

    @Test
    void names_who_sends_the_series() throws IOException, StoreUnavailableException {
        try (var store = open()) {
            send(store, "collector/host", UP);
            send(store, "push", Labels.of(Labels.NAME, "up", "job", "batch"));
            send(store, "push", Labels.of(Labels.NAME, "done", "job", "batch"));

            Cardinality counted = store.cardinality(10);

            assertThat(counted.seriesBySource()).containsExactly(new Count("push", 2), new Count("collector/host", 1));
            assertThat(counted.samples()).isEqualTo(3);
            assertThat(counted.newest()).isEqualTo(clock.millis());
        }
    }

    @Test
    void of_series_read_from_disk_it_knows_the_sender_when_they_are_sent_again()
            throws IOException, StoreUnavailableException {
        try (var store = open()) {
            send(store, "collector/host", UP);
        }
        try (var store = open()) {
            assertThat(store.cardinality(10).seriesBySource()).containsExactly(new Count("unknown", 1));

            send(store, "collector/host", UP);

            assertThat(store.cardinality(10).seriesBySource()).containsExactly(new Count("collector/host", 1));
        }
    }

    @Test
    void of_an_empty_store_it_is_empty() throws IOException {
        try (var store = open()) {
            Cardinality counted = store.cardinality(10);

            assertThat(counted.series()).isZero();
            assertThat(counted.seriesByPair()).isEmpty();
            assertThat(counted.oldest()).isEqualTo(Long.MAX_VALUE);
            assertThat(counted.newest()).isEqualTo(Long.MIN_VALUE);
        }
    }

    private TimeSeriesStore open() throws IOException {
        return TimeSeriesStore.open(new FileDisk(folder), Stores.settings(), clock);
    }

    private void send(TimeSeriesStore store, String source, Labels series) throws StoreUnavailableException {
        clock.advance(Duration.ofSeconds(15));
        store.append(SampleBatch.from(source).add(series, clock.millis(), 1).build());
        store.commit();
    }
}
