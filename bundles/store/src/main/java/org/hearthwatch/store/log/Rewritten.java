package org.hearthwatch.store.log;

/**
 * From where on samples stand again in a later file, because writing them failed.
 *
 * @param segment the file's number
 * @param offset the place in it
 */
record Rewritten(long segment, long offset) {

    /** The earlier of two. */
    Rewritten or(Rewritten other) {
        boolean earlier = segment < other.segment || (segment == other.segment && offset <= other.offset);
        return earlier ? this : other;
    }

    /** Up to where a file counts that was written before. */
    void limit(Segment file) {
        if (file.sequence() == segment) {
            file.durable(Math.min(file.durable(), offset));
        } else if (file.sequence() > segment) {
            file.durable(0);
        }
    }
}
