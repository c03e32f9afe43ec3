package org.hearthwatch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Summary;
import org.junit.jupiter.api.Test;

class RunSinkTest {

    private static final Gauge FILES = Gauge.of("files", "Files", "directory");

    private final SeriesTable table = new SeriesTable();
    private final RunSink sink = sinkOf(100);

    @Test
    void labels_are_made_once_for_all_runs() {
        sink.set(FILES, 1, "/tmp");
        RunSink next = sinkOf(100);
        next.set(FILES, 2, "/tmp");

        assertThat(next.series().get(0).labels).isSameAs(sink.series().get(0).labels);
    }

    @Test
    void an_empty_label_value_means_no_label() {
        sink.set(FILES, 1, "");

        assertThat(sink.series().get(0).labels.has("directory")).isFalse();
    }

    @Test
    void job_and_instance_of_a_collector_move_aside() {
        sink.set(Gauge.of("x", "X", "job"), 1, "mine");

        assertThat(sink.series().get(0).labels)
                .isEqualTo(Labels.of("__name__", "x", "exported_job", "mine", "instance", "hearth", "job", "node"));
    }

    @Test
    void a_histogram_is_stored_as_its_parts() {
        var snapshot = new Histogram.Snapshot(
                List.of(new Histogram.Bucket(0.5, 3), new Histogram.Bucket(Double.POSITIVE_INFINITY, 4)), 9.5);

        sink.set(Histogram.of("wait_seconds", "Wait"), snapshot, Labels.of("queue", "a"));

        assertThat(stored())
                .containsExactly(
                        "wait_seconds_bucket{instance=\"hearth\", job=\"node\", le=\"0.5\", queue=\"a\"} 3.0",
                        "wait_seconds_bucket{instance=\"hearth\", job=\"node\", le=\"+Inf\", queue=\"a\"} 4.0",
                        "wait_seconds_sum{instance=\"hearth\", job=\"node\", queue=\"a\"} 9.5",
                        "wait_seconds_count{instance=\"hearth\", job=\"node\", queue=\"a\"} 4.0");
    }

    @Test
    void a_summary_is_stored_as_its_parts() {
        var snapshot = new Summary.Snapshot(List.of(new Summary.Quantile(0.99, 1.5)), 10, 7);

        sink.set(Summary.of("wait_seconds", "Wait"), snapshot, Labels.EMPTY);

        assertThat(stored())
                .containsExactly(
                        "wait_seconds{instance=\"hearth\", job=\"node\", quantile=\"0.99\"} 1.5",
                        "wait_seconds_sum{instance=\"hearth\", job=\"node\"} 7.0",
                        "wait_seconds_count{instance=\"hearth\", job=\"node\"} 10.0");
    }

    @Test
    void one_series_twice_is_refused_in_whatever_form_its_labels_come() {
        sink.set(FILES, 1, "/tmp");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sink.set(FILES, 2, Labels.of("directory", "/tmp")))
                .withMessageContaining("reported twice");
    }

    @Test
    void one_name_with_two_types_is_refused() {
        sink.set(FILES, 1, "/tmp");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sink.set(Counter.of("files", "Files", "directory"), 2, "/var"))
                .withMessageContaining("files is reported as gauge and as counter");
    }

    @Test
    void a_wrong_number_of_label_values_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sink.set(FILES, 1))
                .withMessageContaining("files has the labels [directory] but got 0 values");
    }

    @Test
    void what_was_refused_stays_refused_though_the_collector_swallows_it() {
        assertThatIllegalArgumentException().isThrownBy(() -> sink.set(FILES, 1));

        assertThat(sink.refusal()).isPresent();
    }

    @Test
    void too_many_labels_are_refused() {
        var names = IntStream.range(0, 31).mapToObj(i -> "l" + i).toArray(String[]::new);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sink.set(Gauge.of("x", "X", names), 1, names))
                .withMessageContainingAll("31 labels", "at most 30", "maxLabels");
    }

    @Test
    void too_long_a_label_value_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sink.set(FILES, 1, "x".repeat(1025)))
                .withMessageContainingAll("1025 characters", "directory", "maxLabelValueLength");
    }

    @Test
    void too_long_a_help_text_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sink.set(Gauge.of("x", "?".repeat(2001)), 1))
                .withMessageContaining("help text of x");
    }

    @Test
    void a_name_among_the_labels_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sink.set(Gauge.of("x", "X"), 1, Labels.of("__name__", "y")))
                .withMessageContaining("__name__");
    }

    @Test
    void after_the_run_it_takes_nothing() {
        sink.close();

        assertThatThrownBy(() -> sink.set(FILES, 1, "/tmp")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_thread_of_the_collectors_own_may_not_report() throws Exception {
        var thrown = new Throwable[1];
        var other = new Thread(() -> {
            try {
                sink.set(FILES, 1, "/tmp");
            } catch (IllegalStateException e) {
                thrown[0] = e;
            }
        });
        other.start();
        other.join();

        assertThat(thrown[0]).hasMessageContaining("on the thread that was called");
    }

    private List<String> stored() {
        return IntStream.range(0, sink.size())
                .mapToObj(i -> sink.series().get(i).labels + " " + sink.value(i))
                .toList();
    }

    private RunSink sinkOf(int series) {
        return new RunSink(table, new Limits(series, 30, 1024), "node", "hearth");
    }
}
