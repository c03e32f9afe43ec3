package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.hearthwatch.store.block.DamagedBlockException;

/** Told of what blocks should have and did not give. */
interface Missing {

    /** Something is not as it was written, for people; it is lost. */
    void damaged(String what);

    /**
     * The disk did not let something be read; another time it may. Who takes away what was read from must not go on
     * without it.
     */
    void unreadable(IOException why);

    /** A block's index, which is read when it is needed, is one or the other. */
    default void withoutIndex(UncheckedIOException why) {
        IOException cause = Objects.requireNonNull(why.getCause());
        if (cause instanceof DamagedBlockException) {
            damaged(cause.getMessage() == null ? "A block is damaged" : cause.getMessage());
        } else {
            unreadable(cause);
        }
    }
}
