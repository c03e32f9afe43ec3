package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that follows the log and is killed with {@code kill -9} between its reads, again and again. */
class FollowerKillTest {

    private static final int LIVES = Integer.getInteger("hearthwatch.follower.kills", 4);

    @TempDir
    Path directory;

    private long got = -1;
    private long kept = -1;

    @Test
    void a_follower_goes_on_where_it_was_without_a_gap_and_sees_again_only_what_it_had_not_put_down() throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        long start = System.currentTimeMillis() - Duration.ofHours(12).toMillis();
        for (int life = 0; life < LIVES; life++) {
            long before = got;
            live(start, got + random.nextInt(300, 3000), "life " + life + " of seed " + seed);
            assertThat(got).isGreaterThan(before);
        }
        assertThat(kept).isPositive();
    }

    /** Lets it live until it has got a number, and a moment longer. */
    private void live(long start, long until, String when) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledFollower.class.getName(),
                        directory.toString(),
                        Long.toString(start))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean first = true;
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(out.readLine()).as(when).isEqualTo("open");
            long keptBefore = kept;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("kept") && words.length == 2) {
                    kept = Long.parseLong(words[1]);
                } else if (words[0].equals("got") && words.length == 3) {
                    long from = Long.parseLong(words[1]);
                    if (first) {
                        assertThat(from).as(when).isGreaterThan(keptBefore).isLessThanOrEqualTo(got + 1);
                        first = false;
                    } else {
                        assertThat(from).as(when).isEqualTo(got + 1);
                    }
                    got = Long.parseLong(words[2]);
                    if (got >= until) {
                        process.toHandle().destroyForcibly();
                    }
                } else {
                    assertThat(line).as(when).isEmpty();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
