package org.hearthwatch.api.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The identity of a series: label names with their values, sorted by name (in UTF-16 order), the metric's name among
 * them under {@value #NAME}. A label with an empty value is the same as no label, as in Prometheus, and is dropped.
 *
 * <pre>{@code
 * Labels labels = Labels.of("__name__", "node_load1", "instance", "nas");
 * labels.get("instance");        // "nas"
 * labels.get("missing");         // ""
 * labels.with("job", "node");    // a new Labels
 * }</pre>
 *
 * <p>Immutable and thread-safe; the hash code is computed once, so instances kept by their producer are cheap map keys.
 */
public final class Labels implements Comparable<Labels> {

    /** The label that carries the metric name. */
    public static final String NAME = "__name__";

    /** No labels at all. */
    public static final Labels EMPTY = new Labels(new String[0]);

    /** Never changed; but once two labels have been found equal, they share one: see {@link #equals}. */
    private volatile String[] pairs;

    private final int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
        this.hash = Arrays.hashCode(pairs);
    }

    /**
     * Labels from alternating names and values.
     *
     * @throws IllegalArgumentException if a value is missing, a name is empty or a name stands twice
     */
    public static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("Labels need a value for every name: " + List.of(namesAndValues));
        }
        var builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (builder.contains(namesAndValues[i])) {
                throw new IllegalArgumentException("Label " + namesAndValues[i] + " stands twice");
            }
            builder.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /**
     * Labels from alternating names and values that stand in the order of their names already, which costs less.
     *
     * @param pairs are the labels' from now on
     * @throws IllegalArgumentException if a value is missing or empty, or the names do not grow
     */
    public static Labels ofSorted(String[] pairs) {
        String before = "";
        for (int i = 0; i < pairs.length; i += 2) {
            if (i + 1 == pairs.length || pairs[i + 1].isEmpty() || pairs[i].compareTo(before) <= 0) {
                throw new IllegalArgumentException("Labels that are not in order: " + List.of(pairs));
            }
            before = pairs[i];
        }
        return pairs.length == 0 ? EMPTY : new Labels(pairs);
    }

    /** @throws IllegalArgumentException if a name is empty */
    public static Labels of(Map<String, String> labels) {
        var builder = builder();
        labels.forEach(builder::set);
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with these labels. */
    public Builder toBuilder() {
        var builder = new Builder();
        forEach(builder::set);
        return builder;
    }

    /** The value of a label, or the empty string where there is none. */
    public String get(String name) {
        int i = indexOf(name);
        return i < 0 ? "" : pairs[2 * i + 1];
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /** The metric name, or the empty string. */
    public String metricName() {
        return get(NAME);
    }

    /** The number of labels, the metric name included. */
    public int size() {
        return pairs.length / 2;
    }

    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /** The name of the label at a place in name order, from 0 to {@code size() - 1}. */
    public String nameAt(int index) {
        return pairs[2 * index];
    }

    /** The value of the label at a place in name order. */
    public String valueAt(int index) {
        return pairs[2 * index + 1];
    }

    /** These labels with one more or one replaced; an empty value removes it. */
    public Labels with(String name, String value) {
        return toBuilder().set(name, value).build();
    }

    /** These labels without some. */
    public Labels without(String... names) {
        return without(Arrays.asList(names));
    }

    /** These labels without some. */
    public Labels without(Collection<String> names) {
        String[] pairs = this.pairs;
        var kept = new String[pairs.length];
        int size = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            if (!names.contains(pairs[i])) {
                kept[size++] = pairs[i];
                kept[size++] = pairs[i + 1];
            }
        }
        return size == pairs.length ? this : size == 0 ? EMPTY : new Labels(Arrays.copyOf(kept, size));
    }

    /** Only the named labels of these. */
    public Labels only(Collection<String> names) {
        String[] pairs = this.pairs;
        var kept = new ArrayList<String>(pairs.length);
        for (int i = 0; i < pairs.length; i += 2) {
            if (names.contains(pairs[i])) {
                kept.add(pairs[i]);
                kept.add(pairs[i + 1]);
            }
        }
        return kept.size() == pairs.length ? this : new Labels(kept.toArray(String[]::new));
    }

    public void forEach(BiConsumer<String, String> action) {
        String[] pairs = this.pairs;
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /** A copy as a map in name order. */
    public Map<String, String> asMap() {
        var map = new TreeMap<String, String>();
        forEach(map::put);
        return Collections.unmodifiableMap(map);
    }

    private int indexOf(String name) {
        String[] pairs = this.pairs;
        int low = 0;
        int high = pairs.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = pairs[2 * middle].compareTo(name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    @Override
    public int compareTo(Labels other) {
        return Arrays.compare(pairs, other.pairs);
    }

    /**
     * Whether these are the same labels. Those of a sender and of the store are compared with every sample and are kept by
     * both: the other takes over this one's texts, so that they are compared and kept only once.
     */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof Labels that && hash == that.hash && sharesAfter(that);
    }

    @SuppressWarnings("ReferenceEquality") // the very array is shared
    private boolean sharesAfter(Labels that) {
        String[] own = pairs;
        String[] others = that.pairs;
        if (own == others) {
            return true;
        }
        if (!Arrays.equals(own, others)) {
            return false;
        }
        that.pairs = own;
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The PromQL way of writing a series, {@code node_load1{instance="nas"}}. */
    @Override
    public String toString() {
        String[] pairs = this.pairs;
        var text = new StringBuilder(metricName()).append('{');
        String separator = "";
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i].equals(NAME)) {
                text.append(separator).append(pairs[i]).append("=\"");
                escape(pairs[i + 1], text);
                text.append('"');
                separator = ", ";
            }
        }
        return text.append('}').toString();
    }

    private static void escape(String value, StringBuilder into) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> into.append("\\\\");
                case '"' -> into.append("\\\"");
                case '\n' -> into.append("\\n");
                default -> into.append(c);
            }
        }
    }

    /** Gathers labels; not thread-safe. */
    public static final class Builder {

        private final Map<String, String> labels = new HashMap<>();

        private Builder() {}

        /**
         * Sets a label; an empty value removes it.
         *
         * @throws IllegalArgumentException if the name is empty
         */
        public Builder set(String name, String value) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("A label name must not be empty");
            }
            if (value.isEmpty()) {
                labels.remove(name);
            } else {
                labels.put(name, value);
            }
            return this;
        }

        public Builder remove(String name) {
            labels.remove(name);
            return this;
        }

        public boolean contains(String name) {
            return labels.containsKey(name);
        }

        public Labels build() {
            if (labels.isEmpty()) {
                return EMPTY;
            }
            String[] names = labels.keySet().toArray(String[]::new);
            Arrays.sort(names);
            var pairs = new String[2 * names.length];
            for (int i = 0; i < names.length; i++) {
                pairs[2 * i] = names[i];
                pairs[2 * i + 1] = labels.getOrDefault(names[i], "");
            }
            return new Labels(pairs);
        }
    }
}
