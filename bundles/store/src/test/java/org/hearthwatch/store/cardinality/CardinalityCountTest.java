package org.hearthwatch.store.cardinality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.api.store.Cardinality.Count;
import org.hearthwatch.store.index.LabelIndex;
import org.junit.jupiter.api.Test;

class CardinalityCountTest {

    private final LabelIndex index = new LabelIndex();
    private final Sources sources = new Sources();
    private final Map<Integer, Integer> sourceOf = new HashMap<>();
    private int nextRef = 1;

    @Test
    void counts_series_by_source_metric_label_and_pair() {
        add("collector/host", "node_cpu_seconds_total", "mode", "idle");
        add("collector/host", "node_cpu_seconds_total", "mode", "user");
        add("collector/host", "node_load1", "mode", "");
        add("push", "up", "mode", "idle");

        Cardinality counted = count(10);

        assertThat(counted.series()).isEqualTo(4);
        assertThat(counted.labelPairs()).isEqualTo(5);
        assertThat(counted.seriesBySource()).containsExactly(new Count("collector/host", 3), new Count("push", 1));
        assertThat(counted.seriesByMetric())
                .containsExactly(
                        new Count("node_cpu_seconds_total", 2), new Count("node_load1", 1), new Count("up", 1));
        assertThat(counted.valuesByLabel()).containsExactly(new Count("__name__", 3), new Count("mode", 2));
        assertThat(counted.seriesByPair())
                .startsWith(new Count("__name__=node_cpu_seconds_total", 2), new Count("mode=idle", 2))
                .contains(new Count("mode=user", 1));
    }

    @Test
    void lists_no_more_than_asked_and_the_greatest_first() {
        for (int i = 0; i < 100; i++) {
            add("source" + i % 7, "metric" + i % 13, "id", "v" + i);
        }

        Cardinality counted = count(3);

        assertThat(counted.seriesByMetric())
                .containsExactly(new Count("metric0", 8), new Count("metric1", 8), new Count("metric2", 8));
        assertThat(counted.seriesBySource())
                .containsExactly(new Count("source0", 15), new Count("source1", 15), new Count("source2", 14));
        assertThat(counted.valuesByLabel()).containsExactly(new Count("id", 100), new Count("__name__", 13));
    }

    @Test
    void a_label_whose_values_are_long_and_many_takes_the_most_memory() {
        add("a", "short", "id", "1");
        add("a", "short", "url", "/".repeat(1000));

        List<Count> bytes = count(10).bytesByLabel();

        assertThat(bytes).extracting(Count::name).startsWith("url");
        assertThat(bytes.get(0).value()).isBetween(1000L, 1300L);
    }

    @Test
    void series_that_went_are_not_counted() {
        Labels gone = add("a", "up", "id", "1");
        add("a", "up", "id", "2");
        index.remove(Map.of(1, gone));

        Cardinality counted = count(10);

        assertThat(counted.series()).isEqualTo(1);
        assertThat(counted.seriesByPair()).doesNotContain(new Count("id=1", 1));
        assertThat(counted.labelPairs()).isEqualTo(2);
    }

    @Test
    void series_of_which_nobody_said_who_sends_them_are_counted_as_such() {
        index.add(7, Labels.of(Labels.NAME, "up"));

        assertThat(count(10).seriesBySource()).containsExactly(new Count("unknown", 1));
    }

    @Test
    void is_what_a_plain_count_of_all_series_gives() {
        var random = new Random(11);
        Map<String, Long> pairs = new TreeMap<>();
        for (int i = 0; i < 2000; i++) {
            String value = "v" + (int) Math.abs(random.nextGaussian() * 20);
            Labels labels = add("s" + random.nextInt(5), "m" + random.nextInt(50), "l" + random.nextInt(3), value);
            labels.forEach((name, text) -> pairs.merge(name + "=" + text, 1L, Long::sum));
        }

        Cardinality counted = count(10_000);

        assertThat(counted.seriesByPair().stream().collect(Collectors.toMap(Count::name, Count::value)))
                .isEqualTo(pairs);
        assertThat(counted.seriesBySource()).extracting(Count::value).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(counted.seriesBySource().stream().mapToLong(Count::value).sum())
                .isEqualTo(2000);
    }

    @Test
    void counts_while_series_are_added() throws InterruptedException {
        var ended = new AtomicBoolean();
        var failure = new AtomicReference<Throwable>();
        var counter = new Thread(() -> {
            try {
                long before = 0;
                while (!ended.get()) {
                    long now = count(5).series();
                    assertThat(now).isGreaterThanOrEqualTo(before);
                    before = now;
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        counter.start();
        for (int i = 0; i < 20_000; i++) {
            index.add(nextRef++, Labels.of(Labels.NAME, "m" + i % 100, "id", "v" + i));
        }
        ended.set(true);
        counter.join();

        assertThat(failure.get()).isNull();
        assertThat(count(5).series()).isEqualTo(20_000);
    }

    @Test
    void more_names_of_sources_than_there_are_numbers_share_one() {
        for (int i = 0; i < Sources.MOST; i++) {
            sources.number("pusher-" + i);
        }

        assertThat(sources.number("one more")).isEqualTo(sources.number("and another"));
        assertThat(sources.name(sources.number("one more"))).isEqualTo("others");
        assertThat(sources.name(sources.number("pusher-17"))).isEqualTo("pusher-17");
    }

    private Cardinality count(int top) {
        return new CardinalityCount(index, sources, ref -> sourceOf.getOrDefault(ref, Sources.UNKNOWN))
                .count(top, 0, 0, 0);
    }

    private Labels add(String source, String metric, String label, String value) {
        Labels labels = index.intern(Labels.of(Labels.NAME, metric, label, value));
        sourceOf.put(nextRef, sources.number(source));
        index.add(nextRef++, labels);
        return labels;
    }
}
