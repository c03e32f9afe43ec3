package org.hearthwatch.store.block;

import java.util.zip.CRC32C;
import org.hearthwatch.store.codec.CorruptDataException;
import org.hearthwatch.store.codec.Input;
import org.hearthwatch.store.frame.Bytes;

/**
 * A part of a block that has a checksum: one mark byte that says what it is, its fields, four bytes CRC32C of the part's
 * offset in the file and all of the part before the checksum.
 */
final class Part {

    static final int TIMES = 0xc3;
    static final int CHUNK = 0xc4;
    static final int LABELS = 0xc5;
    static final int INDEX = 0xc6;

    /** How many bytes a part has behind its fields. */
    static final int CRC_BYTES = Integer.BYTES;

    private Part() {}

    /** Ends a part that began at a place of the bytes, which stand at an offset of the file. */
    static void end(Bytes bytes, int begun, long offset) {
        bytes.putInt(crc(bytes.asBuffer().array(), begun, bytes.size(), offset + begun));
    }

    /**
     * Checks the checksum of a part whose fields have been read.
     *
     * @param offset where the part begins in the file
     */
    static void check(byte[] bytes, int begun, Input in, long offset) throws CorruptDataException {
        int right = crc(bytes, begun, in.position(), offset);
        if (in.takeInt() != right) {
            throw new CorruptDataException("A checksum is wrong");
        }
    }

    private static int crc(byte[] bytes, int from, int to, long offset) {
        var crc = new CRC32C();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (offset >>> shift) & 0xff);
        }
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
