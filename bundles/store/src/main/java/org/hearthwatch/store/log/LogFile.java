package org.hearthwatch.store.log;

/**
 * A file of the log that is not written to any more.
 *
 * @param sequence its number
 * @param bytes its length
 * @param durable up to where its samples are durable and stand in no later file
 * @param from the time of its oldest sample, {@link Long#MAX_VALUE} where there is none
 * @param to the time of its newest sample, {@link Long#MIN_VALUE} where there is none
 */
public record LogFile(long sequence, long bytes, long durable, long from, long to) {

    Segment segment() {
        var segment = new Segment(sequence);
        segment.bytes(bytes);
        segment.durable(durable);
        if (from <= to) {
            segment.span().include(from);
            segment.span().include(to);
        }
        return segment;
    }
}
