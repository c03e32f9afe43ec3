package org.hearthwatch.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real process with SIGKILL between every two steps of telling of alerts, and goes on with what it left: nobody
 * misses a message, and one that is told twice is told under the same key.
 */
class KillTest {

    /** Each step takes a process; {@code -Dhearthwatch.kill.stride=1} tries them all. */
    private static final int STRIDE = Integer.getInteger("hearthwatch.kill.stride", 4);

    @TempDir
    private Path folder;

    private Process start(Path state, int step) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledHouse.class.getName(),
                        state.toString(),
                        Integer.toString(step))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Kills a process at a step; says at which second that was, or -1 once there are no more steps. */
    private double kill(Path state, int step) throws IOException, InterruptedException {
        Process process = start(state, step);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = String.valueOf(out.readLine());
            if (line.startsWith("done ")) {
                return -1;
            }
            assertThat(line).startsWith("at ");
            return Double.parseDouble(line.substring(3));
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void at_whatever_step_it_is_killed_everybody_is_told_and_what_comes_twice_has_the_same_key() throws Exception {
        int step = 1;
        for (; ; step += STRIDE) {
            Path state = Files.createDirectory(folder.resolve("step" + step));
            double second = kill(state, step);
            if (second < 0) {
                break;
            }
            var after = new KilledHouse(state, second);
            after.play(second);
            check(after.arrived(), "killed at step " + step + ", second " + second);
        }
        assertThat(step).as("steps").isGreaterThan(20);
    }

    /** Lines are the key, the group and the alerts. */
    private static void check(List<String> arrived, String when) {
        Map<String, Set<String>> keys = new HashMap<>();
        for (String line : arrived) {
            String[] parts = line.split(" ", 2);
            keys.computeIfAbsent(parts[1], told -> new HashSet<>()).add(parts[0]);
        }
        assertThat(keys.values())
                .as(when + ": %s", arrived)
                .allSatisfy(each -> assertThat(each).hasSize(1));
        Set<String> told = keys.keySet().stream()
                .map(text -> text.substring(text.indexOf('}', text.indexOf(':')) + 2))
                .collect(Collectors.toSet());
        assertThat(told).as(when).contains("Stays@0.5", "Later@6", "Later@6-30", "Ends@0.5", "Ends@0.5-20");
        assertThat(told).as(when).hasSize(5);
    }
}
