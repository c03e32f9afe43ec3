package org.hearthwatch.store.log;

import java.util.Locale;

/** One file of the log. Not thread-safe. */
final class Segment {

    static final String FOLDER = "wal";
    private static final String SUFFIX = ".seg";

    private final long sequence;
    private final TimeSpan span = new TimeSpan();
    private long bytes;
    private long durable;

    Segment(long sequence) {
        this.sequence = sequence;
    }

    long sequence() {
        return sequence;
    }

    String name() {
        return nameOf(sequence);
    }

    static String nameOf(long sequence) {
        return FOLDER + String.format(Locale.ROOT, "/%08d", sequence) + SUFFIX;
    }

    /** The sequence a file name says, or -1 when it is no segment's. */
    static long sequenceOf(String fileName) {
        if (!fileName.endsWith(SUFFIX)) {
            return -1;
        }
        try {
            return Long.parseLong(fileName.substring(0, fileName.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The times of the samples in it. */
    TimeSpan span() {
        return span;
    }

    long bytes() {
        return bytes;
    }

    void bytes(long size) {
        bytes = size;
    }

    /** Up to where its samples are durable and stand in no later file. */
    long durable() {
        return durable;
    }

    void durable(long size) {
        durable = size;
    }

    LogFile file() {
        return new LogFile(sequence, bytes, durable, span.from(), span.to());
    }

    LogParts.Part part(boolean ended) {
        return new LogParts.Part(sequence, durable, ended, span.from());
    }
}
