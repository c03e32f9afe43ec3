package org.hearthwatch.collector.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, with the limits every Linux has. */
@Timeout(60)
class ExternalCollectorTest {

    private static final Map<String, String> VAULT = Map.of("secret:router/token", "s3cr3t value");

    @TempDir
    Path folder;

    private final ExecutorService readers = Executors.newCachedThreadPool();
    private final Secrets secrets = reference -> Optional.ofNullable(VAULT.get(reference.toString()))
            .map(Secret::of)
            .orElseThrow(() -> new SecretUnavailableException(reference + ": there is none"));
    private final Externals externals = new Externals(
            () -> new Fence(EnumSet.of(Isolation.LIMITS), Set.of("setsid", "prlimit"), false, List.of()),
            readers,
            () -> Optional.of(secrets),
            InstantSource.system(),
            false);

    @AfterEach
    void end() throws InterruptedException {
        readers.shutdownNow();
        assertThat(readers.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void what_a_program_prints_becomes_samples_with_the_labels_of_its_file() throws Exception {
        var samples = run(script("""
                echo '# HELP pool_bytes What is left'
                echo '# TYPE pool_bytes gauge'
                echo 'pool_bytes{pool="a b"} 42'
                echo 'runs_total 3'
                """).labels(Map.of("site", "attic")));

        assertThat(samples.asMap())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("pool_bytes{pool=\"a b\", site=\"attic\"}", 42.0, "runs_total{site=\"attic\"}", 3.0));
    }

    @Test
    void an_exit_code_is_a_failure_that_quotes_its_last_words() {
        assertThatThrownBy(() -> run(script("echo 'x 1'; echo first >&2; echo 'no such \u001b[31mpool' >&2; exit 3")))
                .isInstanceOf(IOException.class)
                .hasMessage("it ended with code 3: no such ?[31mpool");
        assertThat(figures())
                .containsEntry("hearthwatch_external_up{collector=\"external-test\"}", 0.0)
                .containsEntry("hearthwatch_external_exit_code{collector=\"external-test\"}", 3.0)
                .containsEntry(
                        "hearthwatch_external_failures_total{collector=\"external-test\", reason=\"exit\"}", 1.0);
    }

    @Test
    void one_that_complains_at_length_is_not_held_up() throws Exception {
        var samples = run(script("""
                head -c 300000 /dev/zero | tr '\\0' 'e' >&2
                echo 'x 1'
                """));

        assertThat(samples.asMap()).containsExactlyEntriesOf(Map.of("x", 1.0));
    }

    @Test
    void one_that_takes_too_long_is_killed_with_all_it_began() throws Exception {
        Path pids = folder.resolve("pids");

        assertThatThrownBy(() -> run(script("""
                        sleep 300 & echo $! >> %1$s
                        (sleep 300 & echo $! >> %1$s) &
                        echo $$ >> %1$s
                        trap '' TERM
                        sleep 300
                        """.formatted(pids)).timeout(Duration.ofMillis(700))))
                .hasMessageContaining("took longer than 700 ms");

        List<String> begun = Files.readAllLines(pids);
        assertThat(begun).hasSize(3);
        for (String pid : begun) {
            awaitEnd(Long.parseLong(pid));
        }
        assertThat(figures())
                .containsEntry(
                        "hearthwatch_external_failures_total{collector=\"external-test\", reason=\"timeout\"}", 1.0);
    }

    @Test
    void one_that_ends_and_leaves_another_behind_has_it_killed_and_counts() throws Exception {
        Path pid = folder.resolve("pid");

        var samples = run(script("echo 'x 1'; sleep 300 & echo $! > " + pid));

        assertThat(samples.asMap()).containsEntry("x", 1.0);
        awaitEnd(Long.parseLong(Files.readString(pid).strip()));
    }

    @Test
    void one_that_prints_without_end_is_killed() {
        assertThatThrownBy(() -> run(script("exec yes 'x 1'").maxOutput(10_000)))
                .hasMessageContaining("more than 10000 bytes");
        assertThat(figures())
                .containsEntry(
                        "hearthwatch_external_failures_total{collector=\"external-test\", reason=\"output\"}", 1.0);
    }

    @Test
    void one_that_takes_too_much_memory_fails() {
        assertThatThrownBy(() -> run(script("x=$(head -c 200000000 /dev/zero | tr '\\0' x); echo \"y ${#x}\"")
                        .memory(32 << 20)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with code");
    }

    @Test
    void text_that_is_not_understood_names_its_line_and_nothing_of_it_counts() {
        var samples = new RecordedSamples();

        assertThatThrownBy(() -> collector(script("echo 'x 1'; echo 'y one'")).collect(samples))
                .hasMessageContaining("no Prometheus text: line 2");
        assertThatThrownBy(() -> run(script("printf 'x 1\\ny 2\\nz 3\\n'").maxSamples(2)))
                .hasMessageContaining("more than 2 samples");
        assertThatThrownBy(() -> run(script("printf '\\377 1\\n'"))).hasMessageContaining("not UTF-8");
        assertThat(samples.asMap()).isEmpty();
    }

    @Test
    void a_secret_that_it_prints_when_it_fails_is_not_shown() {
        assertThatThrownBy(() -> run(script("cat >&2; exit 3").secret("TOKEN", "secret:router/token")))
                .hasMessageContaining("it ended with code 3: TOKEN=***");
        assertThatThrownBy(() -> run(script("cat").secret("TOKEN", "secret:router/token")))
                .hasMessage(
                        "what it printed is no Prometheus text; why is not shown, for it printed a secret that it was"
                                + " given")
                .hasNoCause();
    }

    @Test
    void it_finds_a_clean_environment_and_its_secrets_nowhere_but_on_its_input() throws Exception {
        Path seen = folder.resolve("seen");

        run(script("env | sort > %1$s; cat /proc/$$/cmdline | tr '\\0' ' ' >> %1$s; cat >> %1$s".formatted(seen))
                .environment("PLACE", "attic")
                .secret("TOKEN", "secret:router/token"));

        List<String> lines = Files.readAllLines(seen);
        assertThat(lines).contains("PLACE=attic", "HOME=/", "LANG=C.UTF-8");
        assertThat(lines).noneMatch(line -> line.startsWith("JAVA") || line.startsWith("HEARTHWATCH"));
        assertThat(lines.subList(0, lines.size() - 1)).noneMatch(line -> line.contains("s3cr3t"));
        assertThat(lines.get(lines.size() - 1)).endsWith("TOKEN=s3cr3t value");
    }

    @Test
    void secrets_go_into_the_environment_where_the_file_says_so() throws Exception {
        var samples = run(script("[ \"$TOKEN\" = 's3cr3t value' ] && echo 'right 1'")
                .secret("TOKEN", "secret:router/token")
                .byInput(false));

        assertThat(samples.asMap()).containsEntry("right", 1.0);
    }

    @Test
    void without_its_secret_it_is_not_started() {
        Path trace = folder.resolve("trace");

        assertThatThrownBy(() -> run(script("touch " + trace).secret("TOKEN", "secret:none")))
                .hasMessageContaining("its secret TOKEN cannot be had: secret:none: there is none");
        assertThat(trace).doesNotExist();
    }

    @Test
    void one_that_is_not_there_is_a_failure_of_the_run() {
        assertThatThrownBy(() -> run(new Programs("/nonexistent/program"))).isInstanceOf(IOException.class);
        assertThat(figures()).containsEntry("hearthwatch_external_up{collector=\"external-test\"}", 0.0);
    }

    @Test
    void the_figures_of_a_good_run() throws Exception {
        run(script("echo 'x 1'"));

        assertThat(figures())
                .containsEntry("hearthwatch_external_up{collector=\"external-test\"}", 1.0)
                .containsEntry("hearthwatch_external_exit_code{collector=\"external-test\"}", 0.0)
                .containsEntry("hearthwatch_external_output_bytes{collector=\"external-test\"}", 4.0)
                .containsEntry("hearthwatch_external_runs_total{collector=\"external-test\"}", 1.0)
                .containsEntry("hearthwatch_external_isolated{collector=\"external-test\"}", 0.0);
        assertThat(externals.notices())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem())
                        .startsWith("DEGRADED: external collector external-test: neither systemd-run nor bubblewrap"));
        assertThat(externals.promises().get(0).state()).hasToString("DEGRADED");
    }

    @Test
    void in_safe_mode_there_are_none() {
        var safe = new Externals(
                () -> new Fence(EnumSet.of(Isolation.LIMITS), Set.of(), false, List.of()),
                readers,
                Optional::empty,
                InstantSource.system(),
                true);

        assertThat(safe.add(new Programs("/bin/true").make())).isEmpty();
        assertThat(safe.notices()).isEmpty();
    }

    private Programs script(String body) {
        try {
            Path file = Files.writeString(folder.resolve("script"), "#!/bin/sh\n" + body + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new Programs(file.toString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Collector collector(Programs program) {
        return externals.add(program.make()).orElseThrow();
    }

    private RecordedSamples run(Programs program) throws IOException, InterruptedException {
        var samples = new RecordedSamples();
        collector(program).collect(samples);
        return samples;
    }

    private Map<String, Double> figures() {
        var samples = new RecordedSamples();
        externals.collect(samples);
        return samples.asMap();
    }

    private static void awaitEnd(long pid) throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(5, TimeUnit.SECONDS);
        }
    }
}
