package org.hearthwatch.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file of zeros that is given up when the disk is full, so that what was already taken can still be written. Not
 * thread-safe but for {@link #isHeld()}.
 */
public final class Reserve {

    private static final String NAME = "reserve";
    private static final String UNFINISHED = "reserve.tmp";
    private static final int STEP = 1 << 20;

    private final Disk disk;
    private final long bytes;
    private volatile boolean held;
    private boolean givenUp;

    /** A reserve that is not held yet. */
    public Reserve(Disk disk, long bytes) {
        this.disk = disk;
        this.bytes = bytes;
        this.held = isThere(disk, bytes);
    }

    /** One of another size was made for another setting. */
    private static boolean isThere(Disk disk, long bytes) {
        try {
            return disk.exists(NAME) && disk.size(NAME) == bytes;
        } catch (IOException e) {
            return false;
        }
    }

    public boolean isHeld() {
        return held;
    }

    /** What it takes, held or not. */
    public long bytes() {
        return bytes;
    }

    /**
     * Makes it where there is room for three times as much.
     *
     * @return whether it is held now
     */
    public boolean hold() throws IOException {
        if (held || disk.usableBytes() / 3 < bytes) {
            return held;
        }
        disk.delete(UNFINISHED);
        try (DiskFile file = disk.create(UNFINISHED)) {
            var zeros = ByteBuffer.allocate((int) Math.min(STEP, bytes));
            for (long rest = bytes; rest > 0; rest -= zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), rest));
                file.write(zeros);
            }
            file.force();
        } catch (IOException e) {
            disk.delete(UNFINISHED);
            throw e;
        }
        disk.rename(UNFINISHED, NAME);
        held = true;
        givenUp = false;
        return true;
    }

    /** Of the room there is, what came of giving it up: that is no reason to fill it again. */
    public long givenUp() {
        return givenUp ? bytes : 0;
    }

    /** Gives it up. */
    public void release() throws IOException {
        givenUp |= held;
        held = false;
        disk.delete(UNFINISHED);
        disk.delete(NAME);
    }
}
