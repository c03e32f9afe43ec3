package org.hearthwatch.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.StoreUnavailableException;

/** A store that keeps what it gets, unless it is told to be read-only. */
final class RecordingStore implements SampleWriter {

    final List<SampleBatch> batches = new ArrayList<>();
    boolean readOnly;

    @Override
    public Receipt append(SampleBatch batch) throws StoreUnavailableException {
        if (readOnly) {
            throw new StoreUnavailableException("The disk is full; free some space");
        }
        batches.add(batch);
        return new Receipt(batch.size(), 0, List.of(), CompletableFuture.completedFuture(null));
    }

    /** What arrived for one metric, {@code stale} standing for the marker: {@code [3.0, stale]}. */
    List<String> values(String metric) {
        return samples(metric).stream()
                .map(sample -> Staleness.isStale(sample.value()) ? "stale" : Double.toString(sample.value()))
                .toList();
    }

    List<Long> times(String metric) {
        return samples(metric).stream().map(Sample::timestamp).toList();
    }

    List<Sample> samples(String metric) {
        var samples = new ArrayList<Sample>();
        for (SampleBatch batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                if (batch.series(i).metricName().equals(metric)) {
                    samples.add(new Sample(batch.series(i), batch.timestamp(i), batch.value(i)));
                }
            }
        }
        return samples;
    }
}
