package org.hearthwatch.alert.unittest;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;

/** The store a test runs against: in memory, of any time, gone with the test. Thread-safe. */
final class TestStore implements SeriesReader, SampleWriter {

    private final Map<Labels, SampleColumns> series = new LinkedHashMap<>();
    private final Map<String, List<Labels>> byName = new HashMap<>();

    @Override
    public synchronized Receipt append(SampleBatch batch) {
        var refusals = new ArrayList<Receipt.Refusal>();
        for (int i = 0; i < batch.size(); i++) {
            if (!columns(batch.series(i)).add(batch.timestamp(i), batch.value(i), batch.histogram(i))) {
                refusals.add(new Receipt.Refusal(batch.series(i), batch.timestamp(i), Receipt.Reason.CONFLICT));
            }
        }
        return new Receipt(
                batch.size() - refusals.size(), refusals.size(), refusals, CompletableFuture.completedFuture(null));
    }

    private SampleColumns columns(Labels labels) {
        return series.computeIfAbsent(labels, added -> {
            byName.computeIfAbsent(added.metricName(), name -> new ArrayList<>())
                    .add(added);
            return new SampleColumns();
        });
    }

    @Override
    public synchronized Selection select(List<Matcher> matchers, long from, long to) {
        var chosen = new ArrayList<Labels>();
        var columns = new ArrayList<SampleColumns>();
        for (Labels labels : within(matchers, from, to)) {
            chosen.add(labels);
            columns.add(columns(labels));
        }
        return new Chosen(this, chosen, columns, from, to);
    }

    private List<Labels> within(List<Matcher> matchers, long from, long to) {
        Predicate<Labels> all = labels -> true;
        Collection<Labels> candidates = series.keySet();
        for (Matcher matcher : matchers) {
            all = all.and(predicate(matcher));
            if (matcher.label().equals(Labels.NAME) && matcher.kind() == Matcher.Kind.EQUAL) {
                candidates = byName.getOrDefault(matcher.value(), List.of());
            }
        }
        return candidates.stream()
                .filter(all)
                .filter(labels -> columns(labels).hasWithin(from, to))
                .toList();
    }

    private static Predicate<Labels> predicate(Matcher matcher) {
        return switch (matcher.kind()) {
            case EQUAL -> labels -> labels.get(matcher.label()).equals(matcher.value());
            case NOT_EQUAL -> labels -> !labels.get(matcher.label()).equals(matcher.value());
            case MATCHES -> matches(matcher);
            case NOT_MATCHES -> matches(matcher).negate();
        };
    }

    private static Predicate<Labels> matches(Matcher matcher) {
        try {
            Pattern pattern = Pattern.compile("(?s:" + matcher.value() + ")");
            return labels -> pattern.matches(labels.get(matcher.label()));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public synchronized List<String> labelNames(List<Matcher> matchers, long from, long to) {
        var names = new TreeSet<String>();
        within(matchers, from, to).forEach(labels -> labels.forEach((name, value) -> names.add(name)));
        return List.copyOf(names);
    }

    @Override
    public synchronized List<String> labelValues(String label, List<Matcher> matchers, long from, long to) {
        var values = new TreeSet<String>();
        within(matchers, from, to).stream()
                .filter(labels -> labels.has(label))
                .forEach(labels -> values.add(labels.get(label)));
        return List.copyOf(values);
    }

    @Override
    public synchronized List<Sample> latest(List<Matcher> matchers, long notBefore) {
        var newest = new ArrayList<Sample>();
        within(matchers, Long.MIN_VALUE, Long.MAX_VALUE).stream().sorted().forEach(labels -> {
            SampleColumns columns = columns(labels);
            columns.latest(notBefore)
                    .ifPresent(last -> newest.add(new Sample(labels, columns.timestamp(last), columns.value(last))));
        });
        return newest;
    }

    @Override
    public Collection<MetricMetadata> metadata() {
        return List.of();
    }

    private record Chosen(TestStore store, List<Labels> series, List<SampleColumns> columns, long from, long to)
            implements Selection {

        @Override
        public int size() {
            return series.size();
        }

        @Override
        public Labels labels(int index) {
            return series.get(index);
        }

        @Override
        public void read(int index, SampleBuffer into) {
            synchronized (store) {
                columns.get(index).read(from, to, into);
            }
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
