package org.hearthwatch.prometheus.out;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleTail;

/** A log that lives in a list: cursors resume behind what was acknowledged. */
final class FakeTail implements SampleTail {

    final List<Sample> log = new ArrayList<>();
    final List<MetricMetadata> metadata = new ArrayList<>();
    int acknowledged;

    @Override
    public Cursor open(String name) {
        return new FakeCursor(name);
    }

    @Override
    public void forget(String name) {
        acknowledged = 0;
    }

    private final class FakeCursor implements Cursor {

        private final String name;
        private int place = acknowledged;

        FakeCursor(String name) {
            this.name = name;
        }

        @Override
        public Optional<Slice> poll(int most, Duration wait) {
            if (place == log.size()) {
                return Optional.empty();
            }
            var batch = SampleBatch.from(name);
            int end = Math.min(log.size(), place + most);
            for (Sample sample : log.subList(place, end)) {
                if (sample.histogram().isPresent()) {
                    batch.add(
                            sample.labels(),
                            sample.timestamp(),
                            sample.histogram().get());
                } else {
                    batch.add(sample.labels(), sample.timestamp(), sample.value());
                }
            }
            place = end;
            return Optional.of(new Slice(batch.build(), metadata, 0, new Position(0, end, 0)));
        }

        @Override
        public void acknowledge(Slice slice) {
            acknowledged = (int) slice.end().offset();
        }

        @Override
        public Lag lag() {
            return new Lag(log.size() - acknowledged, Long.MAX_VALUE);
        }

        @Override
        public void close() {
            place = -1;
        }
    }
}
