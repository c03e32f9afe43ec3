package org.hearthwatch.store.blocks;

import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.Disk;

/** Begins to take in samples of any age. Thread-safe. */
public final class Fillings {

    private final Disk disk;
    private final BlockStore store;
    private final Memory memory;
    private final Upkeep upkeep;
    private final SeriesNumbers numbers;
    private final IntFunction<Labels> labels;
    private final LongSupplier latest;

    /**
     * Fills what {@code store} has; numbers and labels are those of the head.
     *
     * @param latest samples of a later time are not taken
     */
    public Fillings(
            Disk disk,
            BlockStore store,
            Memory memory,
            Upkeep upkeep,
            SeriesNumbers numbers,
            IntFunction<Labels> labels,
            LongSupplier latest) {
        this.disk = disk;
        this.store = store;
        this.memory = memory;
        this.upkeep = upkeep;
        this.numbers = numbers;
        this.labels = labels;
        this.latest = latest;
    }

    /** Begins. @throws StoreUnavailableException if nothing can be written now */
    public StoreAdmin.Backfill begin() throws StoreUnavailableException {
        memory.commit();
        return new Filling(disk, store, memory, upkeep, upkeep.windows(), numbers, labels, latest.getAsLong());
    }
}
