package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreMonitor;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandsTest {

    private static final long NOW = TestClock.START.toEpochMilli();

    private final FakeStore store = new FakeStore();
    private final FakeAudit audit = new FakeAudit();
    private final TestScreen screen = new TestScreen()
            .with(StoreAdmin.class, store)
            .with(StoreMonitor.class, store)
            .with(AuditLog.class, audit)
            .with(SeriesReader.class, store.reader());

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() {
        store.series
                .put(Labels.of(Labels.NAME, "up", "job", "node", "instance", "nas"), NOW - 7_200_000, 1)
                .put(Labels.of(Labels.NAME, "up", "job", "node", "instance", "nas"), NOW, 1)
                .put(Labels.of(Labels.NAME, "up", "job", "docker"), NOW, 0)
                .put(Labels.of(Labels.NAME, "node_load1", "instance", "nas"), NOW, 0.5);
    }

    @Test
    void while_the_store_cannot_be_opened_its_commands_say_why() {
        var closed = new TestScreen().with(StoreMonitor.class, store);
        store.readOnly = Optional.of("The data directory /data is in use by process 7");

        for (String command : List.of("store-status", "store-check", "store-cardinality", "store-snapshot /copy")) {
            assertThat(closed.run(command)).as(command).isEqualTo(ShellCommand.FAILED);
            assertThat(closed.err())
                    .as(command)
                    .contains("The store is not open: The data directory /data is in use by process 7");
        }
    }

    @Test
    void the_status_sums_the_blocks_up_by_tier() {
        store.block(Duration.ZERO, Duration.ofHours(-12), 1_000_000, 1_200_000)
                .block(Duration.ZERO, Duration.ofHours(-6), 500_000, 650_000)
                .block(Duration.ofMinutes(5), Duration.ofHours(-12), 50_000, 400_000);

        assertThat(screen.run("store-status")).isZero();
        assertThat(screen.out()).isEqualTo("""
                Takes samples, 12.5/s.
                  log         2 files, 3MB
                  memory      42 series, 4 samples in 42 chunks, 5KB, since 2026-01-02 03:04:05
                  disk        64MB in all

                TIER  BLOCKS>  SAMPLES     SIZE  B/SAMPLE  FROM                 TO                   KEPT
                """.replace("BLOCKS>", "BLOCKS") + """
                raw        2     1.5M    1.8MB      1.23  2026-01-01 15:04:05  2026-01-02 03:04:05  15d, at most 2GB
                5m         1      50k  390.6KB      8.00  2026-01-01 15:04:05  2026-01-01 21:04:05  90d
                """);
    }

    @Test
    void the_status_says_first_why_nothing_is_taken() {
        store.readOnly = Optional.of("the disk is full");
        store.damage.add("blk/1.blk: a chunk is damaged, 12:00 to 13:00 of 3 series are lost");

        screen.run("store-status --blocks");

        assertThat(screen.out())
                .startsWith("Takes nothing: the disk is full")
                .contains("Damage met since the start:\n  blk/1.blk: a chunk is damaged");
    }

    @Test
    void every_block_is_listed_on_demand() {
        store.block(Duration.ZERO, Duration.ofHours(-12), 1_000_000, 1_200_000);

        screen.run("store-status");
        assertThat(screen.out()).doesNotContain("blk/0.blk");

        screen.run("store-status --blocks");
        assertThat(screen.out()).contains("blk/0.blk  raw       1      42       1M  1.1MB");
    }

    @Test
    void the_status_for_scripts_has_every_block_and_how_long_tiers_are_kept() {
        store.block(Duration.ofMinutes(5), Duration.ZERO, 10, 80);

        screen.run("store-status --json");

        assertThat(screen.out().strip())
                .isEqualTo("{\"readOnly\":null,\"samplesPerSecond\":12.5,\"diskBytes\":67108864,"
                        + "\"log\":{\"segments\":2,\"bytes\":3145728},"
                        + "\"head\":{\"series\":42,\"samples\":4,\"chunks\":42,\"bytes\":5120,\"from\":1767323045,\"to\":1767323045},"
                        + "\"blocks\":[{\"name\":\"blk/0.blk\",\"resolution\":300,\"level\":1,\"from\":1767323045,\"to\":1767344645,"
                        + "\"series\":42,\"samples\":10,\"bytes\":80}],"
                        + "\"retention\":[{\"resolution\":0,\"time\":1296000,\"bytes\":2147483648},{\"resolution\":300,\"time\":7776000}],"
                        + "\"deletions\":0,\"quarantined\":[],\"problems\":[]}");
    }

    @Test
    void a_check_that_finds_nothing_is_exit_code_zero() {
        store.block(Duration.ZERO, Duration.ZERO, 1000, 2048);

        assertThat(screen.run("store-check --deep")).isZero();
        assertThat(screen.out()).isEqualTo("""
                Reading blk/0.blk
                1 files, 2KB, 1k samples in blocks: all is well.
                """);
    }

    @Test
    void a_check_that_finds_damage_names_it_and_is_exit_code_one() {
        store.damage.add("blk/3.blk: its footer is missing");

        assertThat(screen.run("store-check")).isEqualTo(1);
        assertThat(screen.out()).startsWith("blk/3.blk: its footer is missing").contains("1 problem.");

        assertThat(screen.run("store-check --json")).isEqualTo(1);
        assertThat(screen.out().strip())
                .isEqualTo(
                        "{\"files\":0,\"bytes\":0,\"samples\":0,\"problems\":[\"blk/3.blk: its footer is missing\"]}");
    }

    @Test
    void cardinality_lists_the_greatest() {
        assertThat(screen.run("store-cardinality --top 1")).isZero();
        assertThat(screen.out()).isEqualTo("""
                3 series with 2 different label pairs, 4 samples in memory, 2026-01-02 01:04:05 to 2026-01-02 03:04:05

                METRIC  SERIES
                up           2
                """);

        screen.run("store-cardinality --json");
        assertThat(screen.out())
                .contains("\"series\":3")
                .contains("\"seriesByMetric\":[{\"name\":\"up\",\"value\":2},{\"name\":\"node_load1\",\"value\":1}]");
    }

    @Test
    void a_top_that_is_no_number_is_exit_code_two() {
        assertThat(screen.run("store-cardinality --top 0")).isEqualTo(2);
        assertThat(screen.run("store-cardinality --top many")).isEqualTo(2);
        assertThat(screen.err()).contains("\"many\" is no number from 1 to 10000");
    }

    @Test
    void a_snapshot_says_what_is_in_it() throws IOException {
        Path copy = folder.resolve("copy");

        assertThat(screen.run("store-snapshot " + copy)).isZero();

        assertThat(screen.out()).startsWith(copy + " holds 4 samples in ");
        assertThat(copy.resolve("samples")).exists();
        assertThat(Files.readString(copy.resolve("samples"))).contains("node_load1");
    }

    @Test
    void a_snapshot_into_a_directory_with_files_is_refused() throws IOException {
        Files.createFile(folder.resolve("something"));

        assertThat(screen.run("store-snapshot " + folder)).isEqualTo(1);
        assertThat(screen.err()).isEqualTo("There is no snapshot: " + folder + " is not empty\n");
        assertThat(screen.run("store-snapshot copy")).isEqualTo(2);
        assertThat(screen.err()).contains("does not begin with /");
    }

    @Test
    void a_deletion_is_only_shown_without_yes() {
        assertThat(screen.run("store-delete up job=node")).isZero();

        assertThat(screen.out()).isEqualTo("""
                up{instance="nas", job="node"}

                Samples of 1 series would be deleted for good. To do it, say the same with --yes.
                """);
        assertThat(store.samples()).hasSize(4);
    }

    @Test
    void with_yes_what_matches_every_condition_is_gone() {
        assertThat(screen.run("store-delete up job=~no.* instance!=tower --yes"))
                .isZero();

        assertThat(screen.out()).isEqualTo("Deleted the samples of 1 series.\n");
        assertThat(audit.entries).extracting(entry -> entry.event().action()).containsExactly("delete:samples");
        assertThat(store.samples())
                .extracting(sample -> sample.labels().toString())
                .containsExactlyInAnyOrder("up{job=\"docker\"}", "node_load1{instance=\"nas\"}");
    }

    @Test
    void only_the_time_given_is_deleted() {
        assertThat(screen.run("store-delete up --from -3h --to -1h --yes")).isZero();

        assertThat(screen.out())
                .isEqualTo("Deleted the samples of 1 series from 2026-01-02 00:04:05 up to 2026-01-02 02:04:05.\n");
        assertThat(store.samples()).hasSize(3);
    }

    @Test
    void disk_space_is_given_back_at_once_on_demand() {
        screen.run("store-delete up --yes --reclaim");

        assertThat(screen.out()).isEqualTo("Wrote a block anew\nDeleted the samples of 2 series.\n");
    }

    @Test
    void more_series_than_anyone_reads_are_counted() {
        for (int i = 0; i < 30; i++) {
            store.series.put(Labels.of(Labels.NAME, "many", "id", "" + i), NOW, 1);
        }

        screen.run("store-delete many");

        assertThat(screen.out()).contains("... and 10 more").contains("Samples of 30 series");
    }

    @Test
    void nothing_that_matches_is_no_error() {
        assertThat(screen.run("store-delete nothing")).isZero();
        assertThat(screen.out()).contains("nothing would be deleted");
        assertThat(screen.run("store-delete nothing --yes")).isZero();
        assertThat(screen.out()).contains("nothing was deleted");
    }

    @Test
    void scripts_learn_what_a_deletion_would_do_and_did() {
        screen.run("store-delete up job=docker --json");
        assertThat(screen.out().strip())
                .isEqualTo("{\"deleted\":false,\"series\":1,\"names\":[\"up{job=\\\"docker\\\"}\"]}");

        screen.run("store-delete up job=docker --json --yes");
        assertThat(screen.out().strip()).isEqualTo("{\"deleted\":true,\"series\":1}");
    }

    @Test
    void a_store_that_takes_nothing_deletes_nothing() {
        store.readOnly = Optional.of("the disk is full");

        assertThat(screen.run("store-delete up --yes")).isEqualTo(1);
        assertThat(screen.err()).isEqualTo("Nothing was deleted: the disk is full\n");
    }

    @Test
    void conditions_that_are_none_are_exit_code_two() {
        assertThat(screen.run("store-delete")).isEqualTo(2);
        assertThat(screen.err()).contains("MATCHER... is missing");
        for (String word : List.of("=node", "up{job=\"x\"}", "!")) {
            assertThat(screen.run("store-delete --yes " + word)).isEqualTo(2);
        }
        assertThat(screen.run("store-delete job=~(")).isEqualTo(2);
        assertThat(screen.run("store-delete up --from now --to -1h --yes")).isEqualTo(2);
        assertThat(store.samples()).hasSize(4);
    }
}
