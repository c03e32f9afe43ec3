package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.disk.FileDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes, with SIGKILL, again and again on one directory, and looks for every sample that was
 * acknowledged: in turns at any moment, and while a file is seen that is being written for a cut or a merge, for the list
 * of blocks, for a checkpoint, and for the catalogue. The system property {@code hearthwatch.kills} says how often, {@code
 * hearthwatch.seed} repeats the moments.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("hearthwatch.kills", 5);

    /** After so many rounds more it is killed though the moment did not come. */
    private static final int PATIENCE = 1500;

    @TempDir
    Path directory;

    /** When to kill: while an unfinished file is in a folder. */
    private enum Moment {
        ANY("none"),
        BLOCK("blk/raw"),
        LIST("."),
        CHECKPOINT("head"),
        CATALOGUE("catalog");

        private final String folder;

        Moment(String folder) {
            this.folder = folder;
        }
    }

    @Test
    void every_acknowledged_sample_is_there_after_kill_9() throws Exception {
        long seed = Long.getLong("hearthwatch.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        long start = System.currentTimeMillis() - Duration.ofMinutes(30).toMillis();
        long next = 0;
        var unfinished = new EnumMap<Moment, Integer>(Moment.class);
        for (int kill = 0; kill < KILLS; kill++) {
            Moment moment = Moment.values()[kill % Moment.values().length];
            if (moment == Moment.CATALOGUE) {
                // Without a checkpoint the catalogue is begun anew at once.
                for (String file : filesIn("head")) {
                    Files.delete(directory.resolve("head").resolve(file));
                }
            }
            long acknowledged = writeAndKill(moment, start, next, random.nextInt(200), random.nextInt(30));
            for (Moment each : Moment.values()) {
                unfinished.merge(each, isUnderWay(each) ? 1 : 0, Integer::sum);
            }

            next = check(start, acknowledged, "kill " + kill + " of seed " + seed);
        }
        System.out.println(KILLS + " kills with seed " + seed + ": " + next + " rounds of " + KilledWriter.SERIES
                + " samples, none lost; unfinished were " + unfinished);
    }

    /**
     * Lets a process write and kills it: after it has acknowledged some rounds and cut memory to blocks, however slow the
     * machine is, at the moment wanted.
     *
     * @return the last round that was acknowledged
     */
    private long writeAndKill(Moment moment, long start, long first, int rounds, int millis) throws Exception {
        Set<String> before = blocks();
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx128m",
                        "-Dhearthwatch.start=" + start,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        directory.toString(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var stopped = new AtomicBoolean();
        // Unlike the process itself its handle leaves the stream open: what was told before counts.
        ProcessHandle handle = process.toHandle();
        Optional<CompletableFuture<Void>> killed = Optional.empty();
        if (moment == Moment.CATALOGUE) {
            killed = Optional.of(CompletableFuture.runAsync(() -> killWhile(moment, handle, stopped)));
        }
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = out.readLine();
            assertThat(line).isIn(moment == Moment.CATALOGUE ? Arrays.asList("open", null) : List.of("open"));
            long acknowledged = first - 1;
            for (line = out.readLine(); line != null; line = out.readLine()) {
                assertThat(line).doesNotStartWith("failed");
                acknowledged = Math.max(acknowledged, Long.parseLong(line));
                if (killed.isEmpty() && acknowledged >= first + rounds && !before.containsAll(blocks())) {
                    killed = Optional.of(
                            moment == Moment.ANY
                                    ? CompletableFuture.runAsync(
                                            handle::destroyForcibly,
                                            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                                    : CompletableFuture.runAsync(() -> killWhile(moment, handle, stopped)));
                }
                stopped.compareAndSet(false, acknowledged > first + rounds + PATIENCE);
            }
            assertThat(killed).as("the process ended by itself").isPresent();
            killed.get().get();
            process.waitFor();
            return acknowledged;
        }
    }

    private void killWhile(Moment moment, ProcessHandle process, AtomicBoolean stopped) {
        while (!stopped.get() && !isUnderWay(moment)) {
            Thread.onSpinWait();
        }
        process.destroyForcibly();
    }

    private boolean isUnderWay(Moment moment) {
        return filesIn(moment.folder).stream().anyMatch(name -> name.endsWith(".tmp"));
    }

    private Set<String> filesIn(String folder) {
        String[] names = directory.resolve(folder).toFile().list();
        return names == null ? Set.of() : Set.of(names);
    }

    /** The names of all files of blocks. */
    private Set<String> blocks() {
        return filesIn("blk/raw");
    }

    /** Returns the first round that is not there. */
    private long check(long start, long acknowledged, String when) throws Exception {
        try (var store =
                TimeSeriesStore.open(new FileDisk(directory), KilledWriter.settings(), InstantSource.system())) {
            assertThat(store.damages()).as(when).allMatch(damage -> damage.torn());
            long oldest =
                    store.status().oldest().map(time -> time.toEpochMilli()).orElse(start);
            long last = acknowledged;
            var buffer = new SampleBuffer();
            try (var selection = store.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
                for (int i = 0; i < selection.size(); i++) {
                    selection.read(i, buffer);
                    Labels series = selection.labels(i);
                    last = Math.max(last, (buffer.timestamp(buffer.size() - 1) - start) / 10);
                    for (int j = 0; j < buffer.size(); j++) {
                        assertBits(series, (buffer.timestamp(j) - start) / 10, buffer.value(j), when);
                    }
                    if (series.metricName().equals("m")) {
                        long firstRound = (buffer.timestamp(0) - start) / 10;
                        long lastRound = (buffer.timestamp(buffer.size() - 1) - start) / 10;
                        assertThat(buffer.timestamp(0))
                                .as("%s of %s", series, when)
                                .isLessThan(oldest + 20);
                        assertThat(lastRound).as("%s of %s", series, when).isGreaterThanOrEqualTo(acknowledged);
                        assertThat(buffer.size()).as("%s of %s", series, when).isEqualTo((int)
                                (lastRound - firstRound + 1));
                    }
                }
            }
            for (long round = Math.floorDiv(acknowledged, 10L) * 10;
                    round > acknowledged - 400 && round >= 0;
                    round -= 10) {
                Sample expected = new Sample(
                        KilledWriter.comingSeries(round),
                        start + round * 10,
                        KilledWriter.value(round, KilledWriter.SERIES));
                if (expected.timestamp() >= oldest) {
                    assertThat(Stores.samplesOf(store, expected.labels()))
                            .as(when)
                            .contains(expected);
                }
            }
            return last + 1;
        }
    }

    private static void assertBits(Labels series, long round, double value, String when) {
        boolean coming = series.metricName().equals("coming");
        int number = coming ? KilledWriter.SERIES : Integer.parseInt(series.get("n"));
        long expected = Double.doubleToRawLongBits(KilledWriter.value(round, number));
        if (Double.doubleToRawLongBits(value) != expected) {
            assertThat(value)
                    .as("%s in round %d, %s", series, round, when)
                    .isEqualTo(Double.longBitsToDouble(expected));
        }
    }
}
