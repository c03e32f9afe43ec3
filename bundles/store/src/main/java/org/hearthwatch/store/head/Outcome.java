package org.hearthwatch.store.head;

/** What became of one sample. */
public enum Outcome {
    /** It is in. */
    STORED,
    /** The same sample was there before. */
    DUPLICATE,
    /** Another value is there for that time. */
    CONFLICT,
    /** It is older than allowed and was not there before. */
    TOO_OLD,
    /** The series has been forgotten; there may be another with its labels by now. */
    GONE
}
