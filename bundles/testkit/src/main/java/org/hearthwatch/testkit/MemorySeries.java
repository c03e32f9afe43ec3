package org.hearthwatch.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;

/**
 * A store that lives in a map: what is appended can be read, in any order of time, and nothing is ever too old. Samples
 * are acknowledged at once. Patterns are those of {@code java.util.regex}, anchored; tests keep to what RE2 shares with
 * it. Thread-safe.
 */
public final class MemorySeries implements SeriesReader, SampleWriter {

    private final NavigableMap<Labels, NavigableMap<Long, Point>> series = new TreeMap<>();
    private final Map<String, MetricMetadata> families = new TreeMap<>();

    /** Puts one sample in, over any that stands there. */
    public synchronized MemorySeries put(Labels labels, long timestamp, double value) {
        series.computeIfAbsent(labels, key -> new TreeMap<>()).put(timestamp, new Point(value, Optional.empty()));
        return this;
    }

    /** Puts one sample in that is a native histogram, over any that stands there. */
    public synchronized MemorySeries put(Labels labels, long timestamp, NativeHistogram histogram) {
        series.computeIfAbsent(labels, key -> new TreeMap<>())
                .put(timestamp, new Point(Double.NaN, Optional.of(histogram)));
        return this;
    }

    /** Forgets everything. */
    public synchronized void clear() {
        series.clear();
        families.clear();
    }

    @Override
    public synchronized Receipt append(SampleBatch batch) {
        var refusals = new ArrayList<Receipt.Refusal>();
        for (int i = 0; i < batch.size(); i++) {
            var samples = series.computeIfAbsent(batch.series(i), key -> new TreeMap<>());
            var point = new Point(batch.value(i), batch.histogram(i));
            Point stored = samples.putIfAbsent(batch.timestamp(i), point);
            if (stored != null && !stored.isSameAs(point)) {
                refusals.add(new Receipt.Refusal(batch.series(i), batch.timestamp(i), Receipt.Reason.CONFLICT));
            }
        }
        batch.metadata().forEach(family -> families.put(family.name(), family));
        return new Receipt(
                batch.size() - refusals.size(), refusals.size(), refusals, CompletableFuture.completedFuture(null));
    }

    @Override
    public synchronized Selection select(List<Matcher> matchers, long from, long to) {
        var chosen = new ArrayList<Map.Entry<Labels, NavigableMap<Long, Point>>>();
        matching(matchers).forEach((labels, samples) -> {
            var within = new TreeMap<>(samples.subMap(from, true, to, true));
            if (!within.isEmpty()) {
                chosen.add(Map.entry(labels, within));
            }
        });
        return new Chosen(chosen);
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
        matching(matchers).forEach((labels, samples) -> {
            var last = samples.lastEntry();
            Point point = last.getValue();
            if (last.getKey() >= notBefore && !point.isStale()) {
                newest.add(new Sample(labels, last.getKey(), point.value(), point.histogram()));
            }
        });
        return newest;
    }

    @Override
    public synchronized Collection<MetricMetadata> metadata() {
        return List.copyOf(families.values());
    }

    private Collection<Labels> within(List<Matcher> matchers, long from, long to) {
        var matching = matching(matchers);
        matching.values()
                .removeIf(samples -> samples.subMap(from, true, to, true).isEmpty());
        return matching.keySet();
    }

    private NavigableMap<Labels, NavigableMap<Long, Point>> matching(List<Matcher> matchers) {
        var matching = new TreeMap<>(series);
        matchers.forEach(
                matcher -> matching.keySet().removeIf(predicate(matcher).negate()));
        return matching;
    }

    private static Predicate<Labels> predicate(Matcher matcher) {
        return switch (matcher.kind()) {
            case EQUAL -> labels -> labels.get(matcher.label()).equals(matcher.value());
            case NOT_EQUAL -> labels -> !labels.get(matcher.label()).equals(matcher.value());
            case MATCHES -> {
                var pattern = anchored(matcher.value());
                yield labels -> pattern.test(labels.get(matcher.label()));
            }
            case NOT_MATCHES -> {
                var pattern = anchored(matcher.value());
                yield labels -> !pattern.test(labels.get(matcher.label()));
            }
        };
    }

    private static Predicate<String> anchored(String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL).asMatchPredicate();
    }

    private record Point(double value, Optional<NativeHistogram> histogram) {

        boolean isStale() {
            return histogram.map(found -> Staleness.isStale(found.sum())).orElseGet(() -> Staleness.isStale(value));
        }

        boolean isSameAs(Point other) {
            return histogram.equals(other.histogram)
                    && Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(other.value);
        }

        void addTo(SampleBuffer buffer, long time) {
            if (histogram.isPresent()) {
                buffer.add(time, histogram.get());
            } else {
                buffer.add(time, value);
            }
        }
    }

    private record Chosen(List<Map.Entry<Labels, NavigableMap<Long, Point>>> entries) implements Selection {

        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public Labels labels(int index) {
            return entries.get(index).getKey();
        }

        @Override
        public void read(int index, SampleBuffer into) {
            into.clear();
            entries.get(index).getValue().forEach((time, point) -> point.addTo(into, time));
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public void close() {
            // A copy was taken when it was selected; there is nothing to give back.
        }
    }
}
