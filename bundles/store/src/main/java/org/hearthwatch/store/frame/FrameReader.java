package org.hearthwatch.store.frame;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Goes through a file of frames, from record to record, and on behind what is damaged. Not thread-safe. */
public final class FrameReader {

    /** How long the beginning of a file is, before the first record. */
    public static final int HEADER_BYTES = FrameWriter.HEADER_BYTES;

    private final byte[] bytes;
    private final long sequence;
    private final boolean headerRight;
    private final long madeAt;
    private int at;

    private FrameReader(byte[] bytes, long sequence, long madeAt, boolean headerRight) {
        this.bytes = bytes;
        this.sequence = sequence;
        this.headerRight = headerRight;
        this.madeAt = madeAt;
        this.at = Math.min(FrameWriter.HEADER_BYTES, bytes.length);
    }

    /**
     * Reads a file.
     *
     * @param name for messages
     * @param sequence what its name says it is
     * @throws ForeignFileException if it is whole and of another kind or a newer version
     */
    public static FrameReader of(byte[] bytes, String name, FileKind kind, long sequence) throws ForeignFileException {
        if (!headerRight(bytes)) {
            return new FrameReader(bytes, sequence, Long.MIN_VALUE, false);
        }
        var header = ByteBuffer.wrap(bytes);
        if (header.getInt(0) != kind.magic()) {
            throw new ForeignFileException(
                    "The file " + name + " is no " + kind.words() + ". Put it somewhere else and start again.");
        }
        int version = header.getShort(4) & 0xffff;
        if (version > FrameWriter.VERSION) {
            throw new ForeignFileException("The file " + name + " was written by a newer Hearthwatch (format " + version
                    + ", this one reads up to " + FrameWriter.VERSION
                    + "). Start the newer version again, or use another home.");
        }
        return new FrameReader(bytes, header.getLong(8), header.getLong(16), header.getLong(8) == sequence);
    }

    private static boolean headerRight(byte[] bytes) {
        if (bytes.length < FrameWriter.HEADER_BYTES) {
            return false;
        }
        var crc = new CRC32C();
        crc.update(bytes, 0, 28);
        return ByteBuffer.wrap(bytes).getInt(28) == (int) crc.getValue();
    }

    /** Whether the file begins as it should, with the sequence its name has. */
    public boolean headerRight() {
        return headerRight;
    }

    /** When the file was begun, in milliseconds since the epoch; {@link Long#MIN_VALUE} where that is not known. */
    public long madeAt() {
        return madeAt;
    }

    /** What stands next, or nothing at the end. */
    public Optional<Frame> next() {
        if (at == bytes.length) {
            return Optional.empty();
        }
        int from = at;
        int length = lengthAt(from);
        if (length >= 0) {
            at = from + FrameWriter.RECORD_BYTES + length;
            int head = from + FrameWriter.RECORD_BYTES;
            return Optional.of(new Frame.Whole(
                    from, bytes[from + 2] & 0xff, bytes[from + 3] & 0xff, new BodyReader(bytes, head, at)));
        }
        at = from + 1;
        while (at < bytes.length && lengthAt(at) < 0) {
            at++;
        }
        return Optional.of(new Frame.Damaged(from, at, at == bytes.length, looksTorn(from)));
    }

    /** The length of the body of the record that begins here, or -1 where none does. */
    private int lengthAt(int offset) {
        if (!marked(offset) || bytes.length - offset < FrameWriter.RECORD_BYTES) {
            return -1;
        }
        var buffer = ByteBuffer.wrap(bytes);
        int length = buffer.getInt(offset + 4);
        if (length < 0 || length > bytes.length - offset - FrameWriter.RECORD_BYTES) {
            return -1;
        }
        int sum = FrameWriter.checksum(bytes, offset, length, sequence, offset);
        return sum == buffer.getInt(offset + 8) ? length : -1;
    }

    private boolean marked(int offset) {
        return bytes.length - offset >= 2
                && (bytes[offset] & 0xff) == FrameWriter.MARK >>> 8
                && (bytes[offset + 1] & 0xff) == (FrameWriter.MARK & 0xff);
    }

    /** Cut off within a record, or nothing but zeros, as a file is that was made longer and not written. */
    private boolean looksTorn(int from) {
        int rest = bytes.length - from;
        if (rest < FrameWriter.RECORD_BYTES) {
            return true;
        }
        if (marked(from)) {
            int length = ByteBuffer.wrap(bytes).getInt(from + 4);
            return length > rest - FrameWriter.RECORD_BYTES;
        }
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
