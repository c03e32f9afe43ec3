package org.hearthwatch.collect;

/** A collector at work. */
public interface Registration extends AutoCloseable {

    /** The unique name it got. */
    String name();

    /**
     * Ends it: its series are marked as ended, and a run under way is interrupted and waited for, shortly. Harmless when
     * repeated.
     */
    @Override
    void close();
}
