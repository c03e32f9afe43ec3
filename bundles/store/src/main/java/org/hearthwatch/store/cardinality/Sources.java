package org.hearthwatch.store.cardinality;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Numbers for the names of those who send samples, small enough (0 to 255) to be kept with every series. There are few names, but
 * they come from outside: past {@link #MOST} all others share one. Thread-safe.
 */
public final class Sources {

    /** The number of a series of which nobody has said who sends it, such as one read from disk at the start. */
    public static final int UNKNOWN = 0;

    /** How many names have a number of their own. */
    static final int MOST = 254;

    static final String UNKNOWN_NAME = "unknown";
    static final String OTHERS_NAME = "others";

    private static final int OTHERS = 1;
    private static final int FIRST = 2;

    private final ConcurrentMap<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<String> names = new AtomicReferenceArray<>(FIRST + MOST);
    private final AtomicInteger next = new AtomicInteger(FIRST);

    /** Without a name but those for series of unknown source. */
    public Sources() {
        names.set(UNKNOWN, UNKNOWN_NAME);
        names.set(OTHERS, OTHERS_NAME);
    }

    /** The number of a name, the same for the same name until the process ends. */
    public int number(String name) {
        Integer known = numbers.get(name);
        return known != null ? known : take(name);
    }

    private synchronized int take(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = next.get();
        if (number >= names.length()) {
            return OTHERS;
        }
        names.set(number, name);
        numbers.put(name, number);
        next.set(number + 1);
        return number;
    }

    /** How many numbers are in use; all are smaller. */
    int size() {
        return next.get();
    }

    String name(int number) {
        return names.get(number);
    }
}
