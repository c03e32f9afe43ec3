package org.hearthwatch.store.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.store.index.ValueTest.OneOf;

/**
 * Finds series by their labels: for every name and value the set of series that carry it. The names and values kept
 * here are the only instances of those texts; {@link #intern} makes labels of them.
 *
 * <p>One writer, any number of readers, which see a series under all its labels or, while it is being added, under some.
 */
public final class LabelIndex {

    private final ValueTests tests = new ValueTests();
    private final Map<String, LabelValues> names = new ConcurrentHashMap<>();
    private final Postings all = new Postings("");

    /**
     * The same labels, made of the texts that other series have too. Of a producer that does so itself they are the very
     * ones given, so that it and memory hold them together.
     */
    public Labels intern(Labels labels) {
        if (isInterned(labels)) {
            return labels;
        }
        var interned = new String[2 * labels.size()];
        for (int i = 0; i < labels.size(); i++) {
            LabelValues values = names.computeIfAbsent(labels.nameAt(i), LabelValues::new);
            interned[2 * i] = values.name();
            interned[2 * i + 1] = values.of(labels.valueAt(i)).value();
        }
        return Labels.ofSorted(interned);
    }

    @SuppressWarnings("ReferenceEquality") // the same text may be there as another object
    private boolean isInterned(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            LabelValues values = names.computeIfAbsent(labels.nameAt(i), LabelValues::new);
            if (values.name() != labels.nameAt(i)
                    || values.of(labels.valueAt(i)).value() != labels.valueAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Adds a series. */
    public void add(int ref, Labels labels) {
        labels.forEach((name, value) ->
                names.computeIfAbsent(name, LabelValues::new).of(value).add(ref));
        all.add(ref);
    }

    /** Removes series, by their numbers and labels. */
    public void remove(Map<Integer, Labels> gone) {
        Refs refs = Refs.of(gone.keySet().stream().mapToInt(Integer::intValue).toArray());
        all.removeAll(refs);
        var touched = new IdentityHashMap<Postings, LabelValues>();
        for (Labels labels : gone.values()) {
            labels.forEach((name, value) -> {
                LabelValues values = names.get(name);
                if (values != null) {
                    touched.put(values.of(value), values);
                }
            });
        }
        touched.forEach((postings, values) -> {
            postings.removeAll(refs);
            if (postings.isEmpty()) {
                values.remove(postings);
                if (values.isEmpty()) {
                    names.remove(values.name());
                }
            }
        });
    }

    /** Every series there is. */
    public Refs all() {
        return all.refs();
    }

    /**
     * The series that match all matchers.
     *
     * @throws IllegalArgumentException if a pattern is not valid
     */
    public Refs select(List<Matcher> matchers) {
        var wanted = new ArrayList<Refs>();
        var excluded = new ArrayList<Refs>();
        for (Matcher matcher : matchers) {
            ValueTest test = tests.of(matcher);
            boolean negated = matcher.kind() == Matcher.Kind.NOT_EQUAL || matcher.kind() == Matcher.Kind.NOT_MATCHES;
            LabelValues values = names.get(matcher.label());
            if (test.test("") != negated) {
                // Series without the label match, so those are taken out whose value does not.
                if (values != null) {
                    excluded.addAll(values.refsOf(test, !negated));
                }
            } else {
                wanted.add(values == null ? Refs.NONE : Refs.union(values.refsOf(test, negated)));
            }
        }
        wanted.sort(Comparator.comparingInt(Refs::size));
        Refs found = wanted.isEmpty() ? all() : wanted.get(0);
        for (int i = 1; i < wanted.size() && found.size() > 0; i++) {
            found = found.and(wanted.get(i));
        }
        for (Refs set : excluded) {
            found = found.without(set);
        }
        return found;
    }

    /** The values of a label that some series carries. */
    public Collection<String> values(String name) {
        LabelValues values = names.get(name);
        return values == null ? List.of() : values.all();
    }

    /** What is told of a label value. */
    @FunctionalInterface
    public interface ValueCount {

        /** A value and how many series carry it. */
        void of(String value, int series);
    }

    /** Tells every value of a label and how many series carry it, in no particular order. */
    public void forEachValue(String name, ValueCount counts) {
        LabelValues values = names.get(name);
        if (values != null) {
            values.count(counts);
        }
    }

    /** The names of labels that some series carries. */
    public Collection<String> names() {
        return List.copyOf(names.keySet());
    }

    /** The values of one label. */
    private static final class LabelValues {

        private final String name;
        private final Map<String, Postings> values = new ConcurrentHashMap<>();

        LabelValues(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        Postings of(String value) {
            return values.computeIfAbsent(value, Postings::new);
        }

        void remove(Postings postings) {
            values.remove(postings.value(), postings);
        }

        boolean isEmpty() {
            return values.isEmpty();
        }

        Collection<String> all() {
            return List.copyOf(values.keySet());
        }

        void count(ValueCount counts) {
            values.forEach((value, postings) -> {
                int series = postings.refs().size();
                if (series > 0) {
                    counts.of(value, series);
                }
            });
        }

        /** What carries a value that passes the test, or, inverted, one that does not. */
        List<Refs> refsOf(ValueTest test, boolean inverted) {
            var found = new ArrayList<Refs>();
            if (!inverted && test instanceof OneOf few) {
                for (String value : few.values()) {
                    Postings postings = values.get(value);
                    if (postings != null) {
                        found.add(postings.refs());
                    }
                }
            } else {
                values.forEach((value, postings) -> {
                    if (test.test(value) != inverted) {
                        found.add(postings.refs());
                    }
                });
            }
            return found;
        }
    }
}
