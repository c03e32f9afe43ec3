package org.hearthwatch.store.tail;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.hearthwatch.api.store.SampleTail.Position;

/**
 * Where a follower is, as its file holds it.
 *
 * @param done all before this is acknowledged
 * @param time the time of the newest sample acknowledged, or when the follower was new
 * @param dropped the greatest number of a file that went before it was acknowledged, or 0
 */
record Place(Position done, long time, long dropped) {

    static final int BYTES = 56;
    private static final int MAGIC = 0x48575450;
    private static final int VERSION = 1;

    static int compare(Position a, Position b) {
        int segments = Long.compare(a.segment(), b.segment());
        int offsets = Long.compare(a.offset(), b.offset());
        return segments != 0 ? segments : offsets != 0 ? offsets : Integer.compare(a.record(), b.record());
    }

    ByteBuffer encode() {
        var bytes = ByteBuffer.allocate(BYTES)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putLong(done.segment())
                .putLong(done.offset())
                .putInt(done.record())
                .putLong(time)
                .putLong(dropped)
                .putLong(0);
        bytes.putInt(sumOf(bytes.array()));
        return bytes.flip();
    }

    /** What a file holds, unless it is damaged. */
    static Optional<Place> decode(byte[] content) {
        if (content.length != BYTES) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(content);
        if (bytes.getInt(BYTES - 4) != sumOf(content) || bytes.getInt() != MAGIC || bytes.getInt() != VERSION) {
            return Optional.empty();
        }
        var done = new Position(bytes.getLong(), bytes.getLong(), bytes.getInt());
        return Optional.of(new Place(done, bytes.getLong(), bytes.getLong()));
    }

    private static int sumOf(byte[] content) {
        var sum = new CRC32C();
        sum.update(content, 0, BYTES - 4);
        return (int) sum.getValue();
    }
}
