package org.hearthwatch.store.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.hearthwatch.store.disk.DiskReader;

/** Goes through the records of a file of frames that may still grow. Not thread-safe. */
public final class FrameTail {

    private static final int WINDOW = 256 << 10;

    private final DiskReader file;
    private final long sequence;
    private byte[] window = {};
    private long windowAt;
    private int windowSize;
    private long position = FrameWriter.HEADER_BYTES;

    /** Begins behind the header. */
    public FrameTail(DiskReader file, long sequence) {
        this.file = file;
        this.sequence = sequence;
    }

    /** Where the next record begins. */
    public long position() {
        return position;
    }

    /**
     * The next record, or the bytes before the next that are none.
     *
     * @param end up to where the file may be read, a boundary between two records
     * @return empty at the end
     */
    public Optional<Frame> next(long end) throws IOException {
        if (position >= end) {
            return Optional.empty();
        }
        int from = (int) position;
        int length = lengthAt(position, end);
        if (length >= 0) {
            int at = (int) (position - windowAt);
            position += FrameWriter.RECORD_BYTES + length;
            int body = at + FrameWriter.RECORD_BYTES;
            return Optional.of(new Frame.Whole(
                    from, window[at + 2] & 0xff, window[at + 3] & 0xff, new BodyReader(window, body, body + length)));
        }
        do {
            position++;
        } while (position < end && lengthAt(position, end) < 0);
        return Optional.of(new Frame.Damaged(from, (int) position, position == end, false));
    }

    /** The length of the body of the record that begins here and is in the window then, or -1 where none does. */
    private int lengthAt(long at, long end) throws IOException {
        if (end - at < FrameWriter.RECORD_BYTES) {
            return -1;
        }
        load(at, FrameWriter.RECORD_BYTES, end);
        int place = (int) (at - windowAt);
        var buffer = ByteBuffer.wrap(window, 0, windowSize);
        if ((buffer.getShort(place) & 0xffff) != FrameWriter.MARK) {
            return -1;
        }
        int length = buffer.getInt(place + 4);
        if (length < 0 || length > end - at - FrameWriter.RECORD_BYTES) {
            return -1;
        }
        load(at, FrameWriter.RECORD_BYTES + length, end);
        place = (int) (at - windowAt);
        int sum = FrameWriter.checksum(window, place, length, sequence, at);
        return sum == ByteBuffer.wrap(window).getInt(place + 8) ? length : -1;
    }

    private void load(long at, int length, long end) throws IOException {
        if (at >= windowAt && at + length <= windowAt + windowSize) {
            return;
        }
        int size = (int) Math.min(end - at, Math.max(WINDOW, length));
        // Bodies handed out look into the array, so it is never written to again.
        window = new byte[size];
        windowAt = at;
        windowSize = 0;
        file.read(at, ByteBuffer.wrap(window));
        windowSize = size;
    }
}
