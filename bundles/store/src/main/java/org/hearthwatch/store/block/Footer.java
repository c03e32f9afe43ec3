package org.hearthwatch.store.block;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.hearthwatch.store.frame.ForeignFileException;

/**
 * The first and the last bytes of a block, all numbers big-endian.
 *
 * <pre>
 * header   0 HWBK   4 version (2)   6 level (2)   8 resolution (8)   16 zero (12)   28 CRC32C of the 28 bytes before
 * footer   0 offset of the index (8)   8 its length (8)   16 offset of the labels (8)   24 their length (8)
 *         32 first time (8)   40 last time (8)   48 samples (8)   56 series (4)   60 version (2)   62 level (2)
 *         64 resolution (8)   72 length of the file (8)   80 CRC32C of the 80 bytes before   84 HWBF
 * </pre>
 *
 * @param labelsLength zero in a block without labels
 */
record Footer(
        long indexOffset,
        long indexLength,
        long labelsOffset,
        long labelsLength,
        long from,
        long to,
        long samples,
        int series,
        int level,
        long resolution,
        long fileLength) {

    static final int HEADER_BYTES = 32;
    static final int BYTES = 88;

    private static final int VERSION = 1;
    private static final int HEADER_MAGIC = 0x4857424b;
    private static final int FOOTER_MAGIC = 0x48574246;

    static byte[] header(int level, long resolution) {
        var header = ByteBuffer.allocate(HEADER_BYTES);
        header.putInt(HEADER_MAGIC).putShort((short) VERSION).putShort((short) level);
        header.putLong(resolution).putInt(28, crc(header.array(), 28));
        return header.array();
    }

    byte[] encode() {
        var footer = ByteBuffer.allocate(BYTES);
        footer.putLong(indexOffset).putLong(indexLength).putLong(labelsOffset).putLong(labelsLength);
        footer.putLong(from).putLong(to).putLong(samples).putInt(series);
        footer.putShort((short) VERSION)
                .putShort((short) level)
                .putLong(resolution)
                .putLong(fileLength);
        footer.putInt(crc(footer.array(), 80)).putInt(FOOTER_MAGIC);
        return footer.array();
    }

    /** Reads both and compares them with the length of the file. */
    static Footer decode(String file, byte[] header, byte[] footer, long size)
            throws ForeignFileException, DamagedBlockException {
        var head = ByteBuffer.wrap(header);
        var tail = ByteBuffer.wrap(footer);
        boolean headRight = crc(header, 28) == head.getInt(28);
        if (headRight && head.getInt(0) != HEADER_MAGIC) {
            throw new ForeignFileException("The file " + file + " is no block of samples. Put it somewhere else.");
        }
        int version = head.getShort(4) & 0xffff;
        if (headRight && version > VERSION) {
            throw new ForeignFileException("The block " + file + " was written by a newer Hearthwatch (format "
                    + version + ", this one reads up to " + VERSION
                    + "). Start the newer version again, or use another home.");
        }
        if (!headRight) {
            throw new DamagedBlockException(file, "its header is not right");
        }
        if (tail.getInt(84) != FOOTER_MAGIC || crc(footer, 80) != tail.getInt(80)) {
            throw new DamagedBlockException(file, "its footer is not right, or its end is missing");
        }
        var decoded = new Footer(
                tail.getLong(0),
                tail.getLong(8),
                tail.getLong(16),
                tail.getLong(24),
                tail.getLong(32),
                tail.getLong(40),
                tail.getLong(48),
                tail.getInt(56),
                tail.getShort(62) & 0xffff,
                tail.getLong(64),
                tail.getLong(72));
        if (!decoded.fits(size)
                || decoded.level != (head.getShort(6) & 0xffff)
                || decoded.resolution != head.getLong(8)) {
            throw new DamagedBlockException(file, "its footer does not fit the file");
        }
        return decoded;
    }

    BlockMeta meta(String name) {
        return new BlockMeta(name, resolution, level, from, to, series, samples, fileLength);
    }

    private boolean fits(long size) {
        return fileLength == size
                && labelsOffset >= HEADER_BYTES
                && labelsLength >= 0
                && indexOffset == labelsOffset + labelsLength
                && indexLength >= 0
                && indexLength <= Integer.MAX_VALUE - Long.BYTES
                && indexOffset + indexLength == size - BYTES
                && series >= 0
                && samples >= series;
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
