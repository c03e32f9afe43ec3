package org.hearthwatch.store.index;

import java.util.Arrays;

/** The numbers of the series that carry one label value, growing. One writer, any number of readers. */
final class Postings {

    private final String value;
    private volatile Refs refs = Refs.NONE;

    /** Of a value, of which this is the one instance all its series share. */
    Postings(String value) {
        this.value = value;
    }

    String value() {
        return value;
    }

    Refs refs() {
        return refs;
    }

    void add(int ref) {
        refs = refs.with(ref);
    }

    void removeAll(Refs gone) {
        refs = refs.without(gone);
    }

    boolean isEmpty() {
        return refs.size() == 0;
    }

    @Override
    public String toString() {
        return value + Arrays.toString(refs.toArray());
    }
}
