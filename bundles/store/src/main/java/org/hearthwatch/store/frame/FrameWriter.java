package org.hearthwatch.store.frame;

import java.util.zip.CRC32C;

/**
 * Puts records into bytes that go to a file one after the other.
 *
 * <pre>
 * file header   32 bytes: kind 4, version 2, zero 2, sequence 8, made at (ms) 8, zero 4, CRC32C of the 28 before 4
 * record        12 bytes: 0xF5 0x48, type 1, flags 1, length of the body 4, CRC32C 4; then the body
 * </pre>
 *
 * <p>A record's checksum covers the file's sequence and the record's place in it (8 bytes each), type, flags, length and
 * body: a record is only right in the place it was written for. All numbers are big-endian. Not thread-safe.
 */
public final class FrameWriter {

    /** The version of all files of frames that this program writes, and the newest it reads. */
    public static final int VERSION = 1;

    static final int HEADER_BYTES = 32;
    static final int RECORD_BYTES = 12;
    static final int MARK = 0xf548;

    private final Bytes bytes = new Bytes();
    private final long sequence;
    private long position;
    private int begun = -1;

    private FrameWriter(long sequence) {
        this.sequence = sequence;
    }

    /** Begins a file. */
    public static FrameWriter begin(FileKind kind, long sequence, long madeAt) {
        var writer = new FrameWriter(sequence);
        var bytes = writer.bytes;
        bytes.putInt(kind.magic());
        bytes.putInt(VERSION << 16);
        bytes.putLong(sequence);
        bytes.putLong(madeAt);
        bytes.putInt(0);
        var crc = new CRC32C();
        crc.update(bytes.array(), 0, bytes.size());
        bytes.putInt((int) crc.getValue());
        return writer;
    }

    /** Goes on with a file that is so long. */
    public static FrameWriter goOn(long sequence, long size) {
        var writer = new FrameWriter(sequence);
        writer.position = size;
        return writer;
    }

    /** Begins a record; its body goes into the bytes returned, until {@link #end()}. */
    public Bytes record(int type, int flags) {
        begun = bytes.size();
        bytes.putInt(MARK << 16 | type << 8 | flags);
        bytes.putLong(0);
        return bytes;
    }

    /** Ends the record. */
    public void end() {
        int length = bytes.size() - begun - RECORD_BYTES;
        bytes.setInt(begun + 4, length);
        bytes.setInt(begun + 8, checksum(bytes.array(), begun, length, sequence, position + begun));
        begun = -1;
    }

    /** How long the file is when all of this is written. */
    public long size() {
        return position + bytes.size();
    }

    /** What is to be written next. */
    public Bytes bytes() {
        return bytes;
    }

    /** Says that the bytes are written. */
    public void written() {
        position += bytes.size();
        bytes.clear();
    }

    static int checksum(byte[] bytes, int at, int length, long sequence, long position) {
        var crc = new CRC32C();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (sequence >>> shift) & 0xff);
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (position >>> shift) & 0xff);
        }
        crc.update(bytes, at + 2, 6);
        crc.update(bytes, at + RECORD_BYTES, length);
        return (int) crc.getValue();
    }
}
