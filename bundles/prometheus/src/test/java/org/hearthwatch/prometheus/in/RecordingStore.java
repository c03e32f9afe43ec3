package org.hearthwatch.prometheus.in;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.ExemplarStore;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.StoreUnavailableException;

/** A store that keeps what it is given, refuses conflicts and what is older than a time, and can be out of order. */
public final class RecordingStore implements SampleWriter, ExemplarStore {

    public final List<Sample> samples = new ArrayList<>();
    public final List<Exemplar> exemplars = new ArrayList<>();
    public final List<MetricMetadata> families = new ArrayList<>();
    public final List<String> sources = new ArrayList<>();
    public long oldest = Long.MIN_VALUE;
    public CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);
    public String outOfOrder = "";
    private final Map<Labels, Map<Long, Double>> numbers = new HashMap<>();

    @Override
    public Receipt append(SampleBatch batch) throws StoreUnavailableException {
        if (!outOfOrder.isEmpty()) {
            throw new StoreUnavailableException(outOfOrder);
        }
        var refusals = new ArrayList<Receipt.Refusal>();
        sources.add(batch.source());
        families.addAll(batch.metadata());
        for (int i = 0; i < batch.size(); i++) {
            Labels series = batch.series(i);
            long time = batch.timestamp(i);
            Double before =
                    numbers.computeIfAbsent(series, s -> new HashMap<>()).putIfAbsent(time, batch.value(i));
            if (time < oldest) {
                refusals.add(new Receipt.Refusal(series, time, Receipt.Reason.TOO_OLD));
            } else if (before != null && !before.equals(batch.value(i))) {
                refusals.add(new Receipt.Refusal(series, time, Receipt.Reason.CONFLICT));
            } else if (before == null) {
                samples.add(new Sample(series, time, batch.value(i), batch.histogram(i)));
            }
        }
        return new Receipt(
                batch.size() - refusals.size(),
                refusals.size(),
                refusals.subList(0, Math.min(3, refusals.size())),
                durable);
    }

    @Override
    public void add(List<Exemplar> added) {
        exemplars.addAll(added);
    }

    @Override
    public List<Exemplar> select(List<List<Matcher>> selectors, long from, long to) {
        return List.copyOf(exemplars);
    }
}
