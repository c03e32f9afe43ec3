package org.hearthwatch.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The batches that are being put into memory and have not been handed to the committer yet. Whoever meets a sample that
 * is there already may have met one of theirs, and may only promise what they can. Thread-safe.
 */
final class InFlight {

    private final Set<CompletableFuture<CompletionStage<Void>>> batches = ConcurrentHashMap.newKeySet();

    /** Begins one; {@link #end} must follow. */
    CompletableFuture<CompletionStage<Void>> begin() {
        var batch = new CompletableFuture<CompletionStage<Void>>();
        batches.add(batch);
        return batch;
    }

    /** Says what was promised for one. */
    @SuppressWarnings("CollectionUndefinedEquality") // this very one is meant
    void end(CompletableFuture<CompletionStage<Void>> batch, CompletionStage<Void> durable) {
        batch.complete(durable);
        batches.remove(batch);
    }

    /** Those there are now, but one: to be asked before the committer is. */
    List<CompletableFuture<CompletionStage<Void>>> others(CompletableFuture<CompletionStage<Void>> but) {
        var others = new ArrayList<CompletableFuture<CompletionStage<Void>>>();
        for (var batch : batches) {
            if (batch != but) {
                others.add(batch);
            }
        }
        return others;
    }

    /** Waits until those there are now have been handed to the committer. */
    void await() {
        for (var batch : batches) {
            batch.join();
        }
    }

    /** Completes when all that others promise has come true, and a promise of one's own too. */
    static CompletionStage<Void> all(List<CompletableFuture<CompletionStage<Void>>> others, CompletionStage<Void> own) {
        CompletionStage<Void> all = own;
        for (var other : others) {
            all = all.thenCombine(other.thenCompose(durable -> durable), (a, b) -> null);
        }
        return all;
    }
}
