package org.hearthwatch.store.index;

import java.util.Arrays;
import java.util.Collection;

/** A set of series numbers in growing order. Immutable. */
public final class Refs {

    static final Refs NONE = new Refs(new int[0], 0);

    private final int[] refs;
    private final int size;

    private Refs(int[] refs, int size) {
        this.refs = refs;
        this.size = size;
    }

    /** A set of the numbers given, in any order. */
    public static Refs of(int... refs) {
        int[] sorted = refs.clone();
        Arrays.sort(sorted);
        return new Refs(sorted, sorted.length);
    }

    public int size() {
        return size;
    }

    public int get(int index) {
        return refs[index];
    }

    int[] toArray() {
        return Arrays.copyOf(refs, size);
    }

    /** Whether a number is in the set. */
    public boolean contains(int ref) {
        return Arrays.binarySearch(refs, 0, size, ref) >= 0;
    }

    /** With one more. A greater one is put behind the last in the same array, where older sets do not look. */
    Refs with(int ref) {
        if (size > 0 && refs[size - 1] >= ref) {
            int place = Arrays.binarySearch(refs, 0, size, ref);
            if (place >= 0) {
                return this;
            }
            var more = new int[size + 1];
            System.arraycopy(refs, 0, more, 0, -place - 1);
            more[-place - 1] = ref;
            System.arraycopy(refs, -place - 1, more, -place, size + place + 1);
            return new Refs(more, size + 1);
        }
        int[] room = size < refs.length ? refs : Arrays.copyOf(refs, size < 4 ? size + 1 : size + (size >> 1));
        room[size] = ref;
        return new Refs(room, size + 1);
    }

    Refs without(Refs others) {
        var kept = new int[size];
        int count = 0;
        int other = 0;
        for (int i = 0; i < size; i++) {
            int ref = refs[i];
            while (other < others.size && others.refs[other] < ref) {
                other++;
            }
            if (other == others.size || others.refs[other] != ref) {
                kept[count++] = ref;
            }
        }
        return count == size ? this : new Refs(Arrays.copyOf(kept, count), count);
    }

    Refs and(Refs others) {
        Refs few = size <= others.size ? this : others;
        Refs many = few == this ? others : this;
        var kept = new int[few.size];
        int count = 0;
        if (many.size / 16 > few.size) {
            for (int i = 0; i < few.size; i++) {
                if (many.contains(few.refs[i])) {
                    kept[count++] = few.refs[i];
                }
            }
            return new Refs(kept, count);
        }
        int other = 0;
        for (int i = 0; i < few.size; i++) {
            int ref = few.refs[i];
            while (other < many.size && many.refs[other] < ref) {
                other++;
            }
            if (other < many.size && many.refs[other] == ref) {
                kept[count++] = ref;
            }
        }
        return new Refs(kept, count);
    }

    /** All of several sets that have no number in common. */
    static Refs union(Collection<Refs> sets) {
        if (sets.size() == 1) {
            return sets.iterator().next();
        }
        var all = new int[sets.stream().mapToInt(Refs::size).sum()];
        int count = 0;
        for (Refs set : sets) {
            System.arraycopy(set.refs, 0, all, count, set.size);
            count += set.size;
        }
        Arrays.sort(all);
        return new Refs(all, count);
    }
}
