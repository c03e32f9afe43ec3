package org.hearthwatch.store.exemplar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;

class ExemplarRingTest {

    private static final List<List<Matcher>> ALL = List.of(List.of(Matcher.metric("http_bucket")));

    private final ExemplarRing ring = new ExemplarRing(10, 3);

    @Test
    void gives_those_of_matching_series_by_series_and_time() {
        ring.add(List.of(exemplar("b", 30), exemplar("a", 20), exemplar("b", 10), exemplar("c", 15)));

        assertThat(ring.select(
                        List.of(
                                List.of(Matcher.equal("le", "a")),
                                List.of(new Matcher("le", Matcher.Kind.MATCHES, "b|x"))),
                        0,
                        100))
                .containsExactly(exemplar("a", 20), exemplar("b", 10), exemplar("b", 30));
    }

    @Test
    void both_ends_of_the_time_are_included() {
        ring.add(List.of(exemplar("a", 9), exemplar("a", 10), exemplar("a", 20)));
        ring.add(List.of(exemplar("b", 21)));

        assertThat(ring.select(ALL, 10, 20)).containsExactly(exemplar("a", 10), exemplar("a", 20));
    }

    @Test
    void one_that_is_sent_again_changes_nothing() {
        ring.add(List.of(exemplar("a", 10)));
        ring.add(List.of(exemplar("a", 10)));

        assertThat(ring.select(ALL, 0, 100)).hasSize(1);
        assertThat(ring.figures().appended()).isEqualTo(1);
    }

    @Test
    void a_series_keeps_its_newest() {
        for (int i = 0; i < 50; i++) {
            ring.add(List.of(exemplar("busy", i)));
        }

        assertThat(ring.select(ALL, 0, 100)).extracting(Exemplar::timestamp).containsExactly(47L, 48L, 49L);
        assertThat(ring.figures()).isEqualTo(new ExemplarRing.Figures(3, 1, 50, 47, 0));
    }

    @Test
    void a_busy_series_leaves_the_others_alone() {
        ring.add(List.of(exemplar("quiet", 1)));
        for (int i = 0; i < 1000; i++) {
            ring.add(List.of(exemplar("busy", i)));
        }

        assertThat(ring.select(ALL, 0, 2000)).contains(exemplar("quiet", 1));
    }

    @Test
    void all_together_never_are_more_than_the_limit() {
        for (int i = 0; i < 1000; i++) {
            ring.add(List.of(exemplar("s" + i, i)));
        }

        assertThat(ring.select(ALL, 0, 2000)).hasSize(10).last().isEqualTo(exemplar("s999", 999));
        assertThat(ring.figures()).isEqualTo(new ExemplarRing.Figures(10, 10, 1000, 990, 0));
    }

    @Test
    void labels_longer_than_openmetrics_allows_are_refused_and_counted() {
        Labels series = Labels.of(Labels.NAME, "http_bucket");
        ring.add(List.of(
                new Exemplar(series, Labels.of("trace_id", "x".repeat(120)), 1, 1),
                new Exemplar(series, Labels.of("trace_id", "x".repeat(121)), 2, 1)));

        assertThat(ring.select(ALL, 0, 10)).extracting(Exemplar::timestamp).containsExactly(1L);
        assertThat(ring.figures().refused()).isEqualTo(1);
    }

    @Test
    void a_pattern_that_is_none_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ring.select(List.of(List.of(new Matcher("le", Matcher.Kind.MATCHES, "("))), 0, 1));
    }

    @Test
    void reports_its_size_its_limit_and_what_it_dropped() {
        for (int i = 0; i < 5; i++) {
            ring.add(List.of(exemplar("a", i)));
        }
        var samples = new RecordedSamples();

        new ExemplarCollector(ring).collect(samples);

        assertThat(samples.asMap())
                .containsEntry("hearthwatch_store_exemplars", 3.0)
                .containsEntry("hearthwatch_store_exemplars_limit", 10.0)
                .containsEntry("hearthwatch_store_exemplars_appended_total", 5.0)
                .containsEntry("hearthwatch_store_exemplars_dropped_total", 2.0);
    }

    private static Exemplar exemplar(String bucket, long time) {
        return new Exemplar(
                Labels.of(Labels.NAME, "http_bucket", "le", bucket), Labels.of("trace_id", "t" + time), time, 0.5);
    }
}
