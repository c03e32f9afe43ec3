package org.hearthwatch.store.cardinality;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Numbers for the names of those who send samples, small enough to be kept with every series. There are few names, but
 * they come from outside: past {@link #MOST} all others share one. Thread-safe.
 */
public final class Sources {

    /** The number of a series of which nobody has said who sends it, such as one read from disk at the start. */
    public static final short UNKNOWN = 0;

    /** How many names have a number of their own. */
    static final int MOST = 10_000;

    static final String UNKNOWN_NAME = "unknown";
    static final String OTHERS_NAME = "others";

    private static final short OTHERS = 1;
    private static final int FIRST = 2;

    private final ConcurrentMap<String, Short> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<String> names = new AtomicReferenceArray<>(FIRST + MOST);
    private final AtomicInteger next = new AtomicInteger(FIRST);

    /** Without a name but those for series of unknown source. */
    public Sources() {
        names.set(UNKNOWN, UNKNOWN_NAME);
        names.set(OTHERS, OTHERS_NAME);
    }

    /** The number of a name, the same for the same name until the process ends. */
    public short number(String name) {
        Short known = numbers.get(name);
        return known != null ? known : take(name);
    }

    private synchronized short take(String name) {
        Short known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = next.get();
        if (number >= names.length()) {
            return OTHERS;
        }
        names.set(number, name);
        numbers.put(name, (short) number);
        next.set(number + 1);
        return (short) number;
    }

    /** How many numbers are in use; all are smaller. */
    int size() {
        return next.get();
    }

    String name(int number) {
        return names.get(number);
    }
}
