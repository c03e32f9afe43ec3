package org.hearthwatch.prometheus.backfill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreLayout;
import org.hearthwatch.api.store.StoreUnavailableException;

/** Takes samples in as the store does: nothing is there before the backfill is finished. */
final class FakeAdmin implements StoreAdmin {

    final List<Sample> stored = new ArrayList<>();
    final List<Integer> batches = new ArrayList<>();
    final List<String> sources = new ArrayList<>();
    long newest = Long.MAX_VALUE;
    int room = Integer.MAX_VALUE;
    int open;
    Optional<Runnable> whileAdding = Optional.empty();

    @Override
    public Backfill backfill(String source) {
        open++;
        sources.add(source);
        return new Filling();
    }

    private final class Filling implements Backfill {

        private final List<Sample> added = new ArrayList<>();

        @Override
        public Receipt add(SampleBatch batch) throws StoreUnavailableException {
            whileAdding.ifPresent(Runnable::run);
            if (added.size() + batch.size() > room) {
                throw new StoreUnavailableException("the disk is full");
            }
            batches.add(batch.size());
            var refusals = new ArrayList<Receipt.Refusal>();
            for (int i = 0; i < batch.size(); i++) {
                if (batch.timestamp(i) > newest) {
                    refusals.add(new Receipt.Refusal(batch.series(i), batch.timestamp(i), Receipt.Reason.TOO_NEW));
                } else {
                    added.add(new Sample(batch.series(i), batch.timestamp(i), batch.value(i)));
                }
            }
            return new Receipt(
                    batch.size() - refusals.size(), refusals.size(), refusals, CompletableFuture.completedFuture(null));
        }

        @Override
        public void finish() {
            stored.addAll(added);
        }

        @Override
        public void close() {
            open--;
        }
    }

    @Override
    public int delete(List<Matcher> matchers, long from, long to) {
        throw new UnsupportedOperationException("An import deletes nothing");
    }

    @Override
    public void compactDeleted(Consumer<String> progress) {
        throw new UnsupportedOperationException("An import deletes nothing");
    }

    @Override
    public Snapshot snapshot(Path directory) {
        throw new UnsupportedOperationException("An import copies nothing");
    }

    @Override
    public CheckReport check(boolean deep, Consumer<String> progress) {
        throw new UnsupportedOperationException("An import checks nothing");
    }

    @Override
    public Cardinality cardinality(int top) {
        throw new UnsupportedOperationException("An import counts nothing");
    }

    @Override
    public StoreLayout layout() {
        throw new UnsupportedOperationException("An import asks for no layout");
    }
}
