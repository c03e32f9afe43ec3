package org.hearthwatch.store.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Room for chunks in cells of one size, which are taken and freed without leaving garbage: they are in slabs large enough
 * that the collector has few objects to look at and nothing to copy, whatever series there are and however long their
 * chunks live. A cell is known by a number. Thread-safe; what is in a cell is for who has it to guard.
 */
final class Cells {

    /** No cell. */
    static final int NONE = 0;

    static final int BYTES = 112;

    private static final int SLAB_BITS = 11;
    private static final int IN_SLAB = 1 << SLAB_BITS;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NO_SLAB = {};

    /** The first is never there, so that no cell has the number {@link #NONE}. */
    private volatile byte[][] slabs = {NO_SLAB};

    private int[] used = {IN_SLAB};
    private int[] untouched = {IN_SLAB};
    private int[] freed = {NONE};
    private final BitSet withRoom = new BitSet();
    private int held;
    private int busy;
    private int mostBusy;

    /** The slab that a cell is in. */
    byte[] slab(int cell) {
        return slabs[cell >>> SLAB_BITS];
    }

    /** Where in its slab a cell begins. */
    static int offset(int cell) {
        return (cell & IN_SLAB - 1) * BYTES;
    }

    /** A cell of zeros. The slab filled first is the first with room, so that others become empty. */
    synchronized int take() {
        int number = withRoom.nextSetBit(0);
        if (number < 0) {
            number = addSlab();
        }
        if (used[number]++ == 0) {
            mostBusy = Math.max(mostBusy, ++busy);
        }
        if (used[number] == IN_SLAB) {
            withRoom.clear(number);
        }
        int cell = freed[number];
        if (cell == NONE) {
            return number << SLAB_BITS | untouched[number]++;
        }
        byte[] slab = slabs[number];
        int at = offset(cell);
        freed[number] = (int) INT.get(slab, at);
        Arrays.fill(slab, at, at + BYTES, (byte) 0);
        return cell;
    }

    private int addSlab() {
        int number = 1;
        while (number < slabs.length && slabs[number].length > 0) {
            number++;
        }
        if (number == slabs.length) {
            int more = Math.max(8, 2 * number);
            byte[][] all = Arrays.copyOf(slabs, more);
            Arrays.fill(all, number, more, NO_SLAB);
            used = Arrays.copyOf(used, more);
            untouched = Arrays.copyOf(untouched, more);
            freed = Arrays.copyOf(freed, more);
            slabs = all;
        }
        slabs[number] = new byte[IN_SLAB * BYTES];
        untouched[number] = 0;
        freed[number] = NONE;
        withRoom.set(number);
        held++;
        return number;
    }

    /** Gives a cell back. */
    synchronized void free(int cell) {
        int number = cell >>> SLAB_BITS;
        INT.set(slabs[number], offset(cell), freed[number]);
        freed[number] = cell;
        withRoom.set(number);
        if (--used[number] == 0) {
            busy--;
        }
    }

    /** Lets slabs go that there was no need of since this was called last. */
    synchronized void shrink() {
        for (int number = slabs.length - 1; number > 0 && held > mostBusy; number--) {
            if (used[number] == 0 && slabs[number].length > 0) {
                slabs[number] = NO_SLAB;
                withRoom.clear(number);
                held--;
            }
        }
        mostBusy = busy;
    }

    /** The heap all slabs take, full or not. */
    synchronized long heapBytes() {
        return (long) held * IN_SLAB * BYTES;
    }
}
