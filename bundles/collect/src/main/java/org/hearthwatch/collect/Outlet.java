package org.hearthwatch.collect;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where batches go: the store while there is one, else nowhere. Thread-safe. */
public final class Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    private final LongAdder dropped = new LongAdder();
    private volatile Optional<SampleWriter> store = Optional.empty();
    private volatile boolean complained;

    /** From now on batches go there. */
    void connect(SampleWriter writer) {
        store = Optional.of(writer);
    }

    /** From now on batches are dropped. */
    void disconnect() {
        store = Optional.empty();
    }

    boolean leadsTo(SampleWriter writer) {
        return store.filter(writer::equals).isPresent();
    }

    /** Samples that found no store, or one that could not take them. */
    long dropped() {
        return dropped.sum();
    }

    /** Empty when the batch was dropped. */
    Optional<Receipt> append(SampleBatch batch) {
        Optional<SampleWriter> writer = store;
        if (writer.isEmpty()) {
            dropped.add(batch.size());
            return Optional.empty();
        }
        try {
            Receipt receipt = writer.get().append(batch);
            if (complained) {
                complained = false;
                LOG.info("The store takes samples again");
            }
            return Optional.of(receipt);
        } catch (StoreUnavailableException e) {
            dropped.add(batch.size());
            if (!complained) {
                complained = true;
                LOG.warn("Samples are dropped until the store takes them again: {}", e.getMessage());
            }
            return Optional.empty();
        } catch (RuntimeException e) { // a store that breaks must not stop the collectors
            dropped.add(batch.size());
            LOG.error("The store failed to take {} samples of {}", batch.size(), batch.source(), e);
            return Optional.empty();
        }
    }
}
