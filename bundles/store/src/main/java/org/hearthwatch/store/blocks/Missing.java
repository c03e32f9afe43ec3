package org.hearthwatch.store.blocks;

import java.io.IOException;

/** Told of what blocks should have and did not give. */
interface Missing {

    /** Something is not as it was written, for people; it is lost. */
    void damaged(String what);

    /**
     * The disk did not let something be read; another time it may. Who takes away what was read from must not go on
     * without it.
     */
    void unreadable(IOException why);
}
