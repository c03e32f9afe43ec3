package org.hearthwatch.prometheus.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Importer.ImportException;
import org.hearthwatch.api.store.Importer.ImportReport;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextImporterTest {

    private static final String OPEN_METRICS = """
            # HELP http_requests The number of requests.
            # TYPE http_requests counter
            http_requests_total{code="200"} 1021 1565133713.989
            http_requests_total{code="200"} 1022 1565133714.989 # {trace_id="x"} 0.5
            http_requests_total{code="400"} 1 1565133713.5
            # EOF
            """;

    private final FakeAdmin store = new FakeAdmin();
    private final TestClock clock = TestClock.atStart();
    private final TextImporter importer = new TextImporter(store, clock);
    private final List<String> progress = new ArrayList<>();

    @Test
    void openmetrics_is_stored_with_its_times_in_seconds() throws Exception {
        ImportReport report = load("openmetrics", OPEN_METRICS);

        Labels ok = Labels.of(Labels.NAME, "http_requests_total", "code", "200");
        assertThat(store.stored)
                .containsExactly(
                        new Sample(ok, 1565133713989L, 1021),
                        new Sample(ok, 1565133714989L, 1022),
                        new Sample(ok.with("code", "400"), 1565133713500L, 1));
        assertThat(report)
                .isEqualTo(new ImportReport(
                        6,
                        3,
                        2,
                        Optional.of(Instant.ofEpochMilli(1565133713500L)),
                        Optional.of(Instant.ofEpochMilli(1565133714989L))));
        assertThat(store.sources).containsExactly("import/openmetrics");
        assertThat(store.open).isZero();
    }

    @Test
    void prometheus_text_is_stored_with_its_times_in_milliseconds() throws Exception {
        ImportReport report =
                load("prometheus", "up{job=\"node\"} 1 1565133713989\n\nup{job=\"node\"} 0 1565133728989");

        assertThat(store.stored).extracting(Sample::timestamp).containsExactly(1565133713989L, 1565133728989L);
        assertThat(report.lines()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openmetrics | up 1 1\\nup{ 1 2\\n# EOF\\n         | old.om, line 2: | name
            openmetrics | up 1 1\\nup 2 2\\n                  | old.om, line 3: | # EOF
            openmetrics | up 1 1\\nup 2\\n# EOF\\n            | old.om, line 2: | expected timestamp
            openmetrics | up 1 1\\n# EOF\\nup 1 2\\n          | old.om, line 3: | after # EOF
            openmetrics | up one 1\\n# EOF\\n                 | old.om, line 1: | one
            prometheus  | up 1 1\\nup 2\\n                    | old.om, line 2: | expected timestamp
            """)
    void what_is_wrong_is_named_with_its_line_and_nothing_is_stored(
            String format, String text, String place, String reason) {
        assertThatThrownBy(() -> load(format, text.replace("\\n", "\n")))
                .isInstanceOf(ImportException.class)
                .hasMessageStartingWith(place)
                .hasMessageContaining(reason);

        assertThat(store.stored).isEmpty();
        assertThat(store.open).isZero();
    }

    @Test
    void a_long_text_goes_through_in_bounded_batches_and_tells_how_far_it_is() throws Exception {
        store.whileAdding = Optional.of(() -> clock.advance(Duration.ofSeconds(1)));
        var text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append("m{id=\"")
                    .append(i % 100)
                    .append("\"} ")
                    .append(i)
                    .append(' ')
                    .append(i)
                    .append('\n');
        }

        ImportReport report = load("openmetrics", text + "# EOF\n");

        assertThat(report.samples()).isEqualTo(100_000);
        assertThat(report.series()).isEqualTo(100);
        assertThat(store.batches).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(20_000));
        assertThat(progress)
                .hasSize(4)
                .element(0)
                .asString()
                .startsWith("old.om: 40000 samples of 100 series, ")
                .endsWith("KB read");
    }

    @Test
    void few_samples_with_much_text_are_small_batches() throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append("m{id=\"").append("x".repeat(60_000)).append(i).append("\"} 1 1\n");
        }

        load("openmetrics", text + "# EOF\n");

        assertThat(store.stored).hasSize(200);
        assertThat(store.batches).hasSizeGreaterThan(2);
    }

    @Test
    void a_sample_that_the_store_refuses_ends_the_import_with_nothing_stored() {
        store.newest = 1565133714000L;

        assertThatThrownBy(() -> load("openmetrics", OPEN_METRICS))
                .isInstanceOf(ImportException.class)
                .hasMessageStartingWith("old.om, line 4: http_requests_total{code=\"200\"}"
                        + " at 2019-08-06T23:21:54.989Z is not taken, because it is further in the future")
                .hasMessageNotContaining("more of the lines");
        assertThat(store.stored).isEmpty();
        assertThat(store.open).isZero();
    }

    @Test
    void the_first_line_that_is_refused_is_named_however_far_behind_it_stands() {
        store.newest = 60_000_000;
        var text = new StringBuilder("# TYPE m gauge\n");
        for (int i = 1; i <= 70_000; i++) {
            text.append("m{id=\"").append(i % 7).append("\"} 1 ").append(i).append('\n');
        }

        assertThatThrownBy(() -> load("openmetrics", text + "# EOF\n"))
                .isInstanceOf(ImportException.class)
                .hasMessageStartingWith("old.om, line 60002: m{id=\"4\"} at 1970-01-01T16:40:01Z is not taken")
                .hasMessageEndingWith("; nor are 9999 more of the lines up to 70001");
        assertThat(store.stored).isEmpty();
    }

    @Test
    void a_store_that_becomes_full_ends_the_import_with_nothing_stored() {
        store.room = 2;

        assertThatThrownBy(() -> load("openmetrics", OPEN_METRICS))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("the disk is full");
        assertThat(store.stored).isEmpty();
        assertThat(store.open).isZero();
    }

    @Test
    void a_text_that_cannot_be_read_to_its_end_stores_nothing() {
        var begin = new ByteArrayInputStream("up 1 1\n".getBytes(StandardCharsets.UTF_8));
        var broken = new SequenceInputStream(begin, new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is broken");
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                throw new IOException("the disk is broken");
            }
        });

        assertThatThrownBy(() -> importer.load("openmetrics", "old.om", broken, progress::add))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is broken");
        assertThat(store.stored).isEmpty();
        assertThat(store.open).isZero();
    }

    @Test
    void an_interrupted_import_stores_nothing() {
        store.whileAdding = Optional.of(() -> Thread.currentThread().interrupt());
        String text = "up 1 1\n".repeat(50_000) + "# EOF\n";

        assertThatThrownBy(() -> load("openmetrics", text)).isInstanceOf(InterruptedException.class);

        assertThat(store.stored).isEmpty();
        assertThat(store.open).isZero();
    }

    @Test
    void a_second_import_at_the_same_time_is_refused() throws Exception {
        var second = new ArrayList<String>();
        store.whileAdding = Optional.of(() -> {
            try {
                load("openmetrics", OPEN_METRICS);
            } catch (StoreUnavailableException e) {
                second.add(e.getMessage());
            } catch (ImportException | IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });

        load("openmetrics", OPEN_METRICS);

        assertThat(second).containsExactly("Another import is running; wait until it is done");
        assertThat(store.stored).hasSize(3);
    }

    @Test
    void an_empty_text_is_no_error() throws Exception {
        assertThat(load("openmetrics", "# EOF\n"))
                .isEqualTo(new ImportReport(1, 0, 0, Optional.empty(), Optional.empty()));
    }

    private ImportReport load(String format, String text)
            throws ImportException, IOException, StoreUnavailableException, InterruptedException {
        return importer.load(
                format, "old.om", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), progress::add);
    }
}
