package org.hearthwatch.collector.external.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hearthwatch.collector.external.Externals;
import org.hearthwatch.collector.external.Fence;
import org.hearthwatch.collector.external.Isolation;
import org.hearthwatch.collector.external.Program;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What this machine's own bubblewrap keeps a program from. */
@Timeout(60)
class RealFenceTest {

    @TempDir
    Path home;

    @TempDir
    Path programs;

    @Test
    void in_bubblewrap_a_program_sees_no_network_no_home_no_other_process_and_cannot_write() throws Exception {
        Fence fence = new FenceProbe(home).fence();
        assumeTrue(fence.means().contains(Isolation.BUBBLEWRAP), "bubblewrap does not work here");
        Files.writeString(home.resolve("secret"), "x");
        Path file = Files.writeString(programs.resolve("look"), """
                #!/bin/sh
                echo "interfaces $(grep -c ':' /proc/net/dev)"
                ls /proc/%d >/dev/null 2>&1; echo "parent_hidden $?"
                echo "home_files $(ls -A %s | wc -l)"
                touch /etc/hearthwatch-was-here 2>/dev/null; echo "write_refused $?"
                cat /etc/shadow >/dev/null 2>&1; echo "shadow_refused $?"
                echo "user $(id -u)"
                """.formatted(ProcessHandle.current().pid(), home));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
        ExecutorService readers = Executors.newCachedThreadPool();
        try {
            var externals = new Externals(() -> fence, readers, Optional::empty, InstantSource.system(), false);
            var program = new Program(
                    "external-look",
                    List.of(file.toString()),
                    Duration.ofSeconds(20),
                    1L << 30,
                    10_000,
                    100,
                    Optional.empty(),
                    false,
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    true,
                    Optional.of(Isolation.BUBBLEWRAP));
            var samples = new RecordedSamples();

            externals.add(program).orElseThrow().collect(samples);

            assertThat(samples.asMap())
                    .containsEntry("home_files", 0.0)
                    .containsEntry("interfaces", 1.0)
                    .hasEntrySatisfying("parent_hidden", code -> assertThat(code).isNotZero())
                    .hasEntrySatisfying("write_refused", code -> assertThat(code).isNotZero())
                    .hasEntrySatisfying("shadow_refused", code -> assertThat(code).isNotZero())
                    .hasEntrySatisfying("user", user -> assertThat(user).isNotZero());
            assertThat(externals.notices()).isEmpty();
        } finally {
            readers.shutdownNow();
        }
    }
}
