package org.hearthwatch.store.blocks;

import java.util.function.Consumer;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Receipt;

/** Knows the number of every series, and gives new ones. Thread-safe. */
@FunctionalInterface
public interface SeriesNumbers {

    /**
     * The number of a series, which is made where there is none.
     *
     * @param refusal told why, where it is not taken
     * @return a number, or -1 where it is not taken
     */
    int of(Labels labels, Consumer<Receipt.Reason> refusal);
}
