package org.hearthwatch.store.frame;

/** What stands at a place of a file. */
public sealed interface Frame {

    /** Where it begins in the file. */
    int offset();

    /**
     * A record whose checksum is right.
     *
     * @param type what it is; see the file's kind
     * @param flags more about it
     */
    record Whole(int offset, int type, int flags, BodyReader body) implements Frame {}

    /**
     * Bytes that are no record.
     *
     * @param end where the next record begins, or the file ends
     * @param atEnd whether no record follows
     * @param torn whether it looks like a record of which the end was never written
     */
    record Damaged(int offset, int end, boolean atEnd, boolean torn) implements Frame {}
}
