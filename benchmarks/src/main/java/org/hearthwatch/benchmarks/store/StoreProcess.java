package org.hearthwatch.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.StoreLayout.Block;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.benchmarks.Measurements;
import org.hearthwatch.store.StoreSettings;
import org.hearthwatch.store.TimeSeriesStore;
import org.hearthwatch.store.disk.FileDisk;
import org.slf4j.LoggerFactory;

/**
 * The store alone in a process of its own, so that its processor time, memory and disk writes can be told from others'.
 * Its clock is that of the data. Told what to do by lines on the standard input, it answers with lines of a name and a
 * number, the last of which is {@code done}.
 */
public final class StoreProcess {

    private static final int ROUNDS_PER_BATCH = 10;

    /** Of a host's series; less than the store lets wait for the disk, so that it turns none away for that. */
    private static final int WAITING_BATCHES = 40;

    private static final Duration MAINTENANCE = Duration.ofMillis(100);
    private static final int READS = 11;
    private static final int IDLE = 20;

    /** Of the dataset, in every process that makes it. */
    static final long SEED = 42;

    private final Path directory;
    private final Map<String, Block> cut = new ConcurrentHashMap<>();
    private Optional<Dataset> dataset = Optional.empty();
    private volatile long now;
    private final Measurements afterRetention = new Measurements();
    private volatile boolean stopped;
    private volatile OptionalLong rawBytesBefore = OptionalLong.empty();
    private final DoubleAdder retentionMillis = new DoubleAdder();
    private volatile boolean dropped;
    private volatile boolean held;
    private final AtomicInteger tended = new AtomicInteger();
    private volatile int idle;
    private final long heapBefore;
    private int turnedAway;

    private StoreProcess(Path directory, long now, long heapBefore) {
        this.directory = directory;
        this.now = now;
        this.heapBefore = heapBefore;
    }

    /** Arguments: directory, the clock's first time, and for {@code feed} hosts, rounds and samples per second. */
    public static void main(String[] arguments) throws Exception {
        // Before the data: their labels become the store's, and are counted as its own.
        long heapBefore = liveHeap();
        var process = new StoreProcess(Path.of(arguments[0]), Long.parseLong(arguments[1]), heapBefore);
        if (arguments.length > 2) {
            int hosts = Integer.parseInt(arguments[2]);
            process.dataset = Optional.of(new Dataset(SEED, hosts, process.now, Integer.parseInt(arguments[3])));
        }
        process.serve(arguments);
    }

    private void serve(String[] arguments) throws Exception {
        // Karaf has its log long before it starts the store; opening is not charged with finding one.
        LoggerFactory.getLogger(StoreProcess.class).info("The store in {} is opened next", directory);
        double cpu = processCpu();
        long began = System.nanoTime();
        var store = TimeSeriesStore.open(new FileDisk(directory), settings(), () -> Instant.ofEpochMilli(now));
        say("openMillis", (System.nanoTime() - began) / 1e6);
        say("openCpuMillis", (processCpu() - cpu) * 1e3);
        say("samples", (double) store.status().samples());
        var writer = new Thread(() -> write(store), "writer");
        writer.start();
        var keeper = new Thread(() -> tend(store), "keeper");
        keeper.start();
        // The reserve for a full disk is made once and is not of the samples.
        TimeUnit.SECONDS.sleep(1);
        System.out.println("done");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            switch (line) {
                case "feed" -> feed(store, Integer.parseInt(arguments[3]), Long.parseLong(arguments[4]));
                case "lag" -> lag(store);
                case "rest" -> rest();
                case "settle" -> settle(store);
                case "reads" -> reads(store);
                case "age" -> age(store);
                default -> throw new IOException("Not understood: " + line);
            }
            System.out.println("done");
        }
        stopped = true;
        store.hurry();
        writer.join();
        keeper.join();
        store.close();
    }

    private void write(TimeSeriesStore store) {
        long maintained = System.nanoTime();
        try {
            while (!stopped) {
                store.awaitWork(MAINTENANCE);
                store.commit();
                if (System.nanoTime() - maintained >= MAINTENANCE.toNanos()) {
                    store.maintain();
                    maintained = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tend(TimeSeriesStore store) {
        try {
            while (!stopped) {
                long began = System.nanoTime();
                boolean more = !held && store.tend();
                double millis = (System.nanoTime() - began) / 1e6;
                if (more) {
                    tended.incrementAndGet();
                    // Not each time: to look at all series is more work than what is measured here.
                    noteBlocks(store);
                    noteRetention(store, millis);
                }
                idle = more ? 0 : idle + 1;
                if (!more) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void noteBlocks(TimeSeriesStore store) {
        for (Block block : layout(store)) {
            if (block.level() == 0 && block.resolution().isZero()) {
                cut.put(block.name(), block);
            }
        }
    }

    /** All that was done until the aged blocks are gone; what follows is of the sample that made the time pass. */
    private void noteRetention(TimeSeriesStore store, double millis) {
        if (rawBytesBefore.isPresent() && dropped) {
            afterRetention.add(millis);
        } else if (rawBytesBefore.isPresent()) {
            retentionMillis.add(millis);
            dropped = rawBytes(store) < rawBytesBefore.getAsLong() / 2;
        }
    }

    private void feed(TimeSeriesStore store, int rounds, long samplesPerSecond) throws Exception {
        Dataset data = dataset.orElseThrow();
        var stalls = new Measurements();
        var own = new Measurements();
        Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
        var generated = new long[1];
        long samples = 0;
        double cpu = processCpu();
        long began = System.nanoTime();
        int tendedBefore = tended.get();
        var watch = new StallWatch();
        for (int round = 0; round < rounds; round += ROUNDS_PER_BATCH) {
            int count = Math.min(ROUNDS_PER_BATCH, rounds - round);
            for (int host = 0; host < data.hosts(); host++) {
                SampleBatch batch = batch(data.host(host), count, generated);
                now = Math.max(now, data.host(host).time());
                long start = System.nanoTime();
                long startOwn = threadCpu();
                Receipt receipt = append(store, batch);
                own.add((threadCpu() - startOwn) / 1e6);
                stalls.add((System.nanoTime() - start) / 1e6);
                if (receipt.refused() > 0) {
                    throw new IOException("Refused: " + receipt.refusals());
                }
                samples += batch.size();
                waiting.add(receipt.durable().toCompletableFuture());
                if (waiting.size() > WAITING_BATCHES) {
                    waiting.remove().join();
                }
                pace(began, samples, samplesPerSecond);
            }
        }
        waiting.forEach(CompletableFuture::join);
        double seconds = (System.nanoTime() - began) / 1e9;
        say("fed", (double) samples);
        say("samplesPerSecond", samples / seconds);
        say("cpuNanosPerSample", ((processCpu() - cpu) * 1e9 - generated[0]) / samples);
        say("stallMedian", stalls.median());
        say("stall999", stalls.quantile(0.999));
        say("stallMost", stalls.quantile(1));
        say("own999", own.quantile(0.999));
        say("ownMost", own.quantile(1));
        say("turnedAway", turnedAway);
        say("tended", tended.get() - tendedBefore);
        Measurements late = watch.end();
        say("idle999", late.quantile(0.999));
        say("idleMost", late.quantile(1));
        say("pauses", (double) watch.pauses());
        say("pauseMillis", (double) watch.pauseMillis());
        say("heapMegabytes", (liveHeap() - heapBefore) / (double) (1 << 20));
    }

    /** Feeds on while nothing is cut, until the store takes no more: the most memory it ever takes. */
    private void lag(TimeSeriesStore store) throws Exception {
        Dataset data = dataset.orElseThrow();
        Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
        held = true;
        boolean full = false;
        for (int host = 0; !full; host = (host + 1) % data.hosts()) {
            SampleBatch batch = batch(data.host(host), ROUNDS_PER_BATCH, new long[1]);
            now = Math.max(now, data.host(host).time());
            try {
                waiting.add(store.append(batch).durable().toCompletableFuture());
            } catch (StoreUnavailableException e) {
                full = true;
            }
            if (full || waiting.size() > WAITING_BATCHES) {
                waiting.forEach(CompletableFuture::join);
                waiting.clear();
            }
        }
        say("laggingMegabytes", (liveHeap() - heapBefore) / (double) (1 << 20));
        held = false;
    }

    /** The processor time of making the data up is told apart. */
    private static SampleBatch batch(Dataset.Host host, int rounds, long[] generated) {
        var batch = SampleBatch.from("push");
        for (int i = 0; i < rounds; i++) {
            long begin = threadCpu();
            host.next();
            generated[0] += threadCpu() - begin;
            for (int series = 0; series < Template.SERIES; series++) {
                batch.add(host.labels(series), host.time(), host.value(series));
            }
        }
        return batch.build();
    }

    private static long threadCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private Receipt append(TimeSeriesStore store, SampleBatch batch) throws InterruptedException {
        while (true) {
            try {
                return store.append(batch);
            } catch (StoreUnavailableException e) {
                turnedAway++;
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    private static void pace(long began, long samples, long samplesPerSecond) {
        if (samplesPerSecond > 0) {
            long due = began + samples * 1_000_000_000L / samplesPerSecond;
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
        }
    }

    /** Waits until the background has nothing left to do. */
    private void rest() throws InterruptedException {
        while (idle < IDLE) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Time passes for the store when samples come. */
    private void pass(TimeSeriesStore store, Duration time) throws StoreUnavailableException {
        long later = now + time.toMillis();
        now = later;
        store.append(SampleBatch.from("clock")
                .add(Labels.of(Labels.NAME, "benchmark_clock"), now, (double) now)
                .build());
        idle = 0;
    }

    /** Lets the data's time pass, an hour at a time, until the blocks stay as they are. */
    private void settle(TimeSeriesStore store) throws InterruptedException, StoreUnavailableException {
        for (int hour = 0; hour < 26; hour++) {
            pass(store, Duration.ofHours(1));
            rest();
        }
        long bytes = 0;
        long samples = 0;
        for (Block block : layout(store)) {
            if (block.resolution().isZero()) {
                say("block level " + block.level(), block.bytes() / (double) block.samples());
                bytes += block.bytes();
                samples += block.samples();
            }
        }
        say("settledPerSample", samples == 0 ? Double.NaN : bytes / (double) samples);
        long cutBytes = cut.values().stream().mapToLong(Block::bytes).sum();
        long cutSamples = cut.values().stream().mapToLong(Block::samples).sum();
        say("cutPerSample", cutSamples == 0 ? Double.NaN : cutBytes / (double) cutSamples);
    }

    /** What the four questions cost without language, HTTP and JSON: finding the series and reading their samples. */
    private void reads(TimeSeriesStore store) {
        var node = List.of(Matcher.equal("job", "node"));
        var one = List.of(Matcher.equal("mid", "17"), Matcher.equal("instance", "host-0.example:9100"));
        var few = List.of(new Matcher("mid", Matcher.Kind.MATCHES, "1|2|3|4|5|6"));
        long end = store.status().newest().map(Instant::toEpochMilli).orElse(0L);
        say("q1", median(() -> store.latest(node, 0).size()));
        say("q2", median(() -> read(store, one, end - 86_400_000, end)));
        say("q3", median(() -> read(store, few, end - 21_600_000, end)));
        say("q4", median(() -> read(store, node, end - 3_600_000, end)));
    }

    private static long read(TimeSeriesStore store, List<Matcher> matchers, long from, long to) {
        var buffer = new SampleBuffer();
        long samples = 0;
        try (Selection selection = store.select(matchers, from, to)) {
            for (int i = 0; i < selection.size(); i++) {
                selection.read(i, buffer);
                samples += buffer.size();
            }
        }
        return samples;
    }

    private static double median(LongSupplier work) {
        var times = new Measurements();
        for (int i = 0; i < READS; i++) {
            long begin = System.nanoTime();
            if (work.getAsLong() == 0) {
                return Double.NaN;
            }
            times.add((System.nanoTime() - begin) / 1e6);
        }
        return times.median();
    }

    /** Lets all samples become older than they are kept. */
    private void age(TimeSeriesStore store) throws InterruptedException, StoreUnavailableException {
        long before = rawBytes(store);
        rawBytesBefore = OptionalLong.of(before);
        pass(store, settings().retention().plusDays(1));
        for (int i = 0; i < 100 && !dropped; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        rest();
        say("retentionMillis", dropped ? retentionMillis.sum() : Double.POSITIVE_INFINITY);
        say("afterRetention", afterRetention.quantile(1));
        say("freedPart", 1 - rawBytes(store) / (double) before);
    }

    private static long rawBytes(TimeSeriesStore store) {
        return layout(store).stream()
                .filter(block -> block.resolution().isZero())
                .mapToLong(Block::bytes)
                .sum();
    }

    private static List<Block> layout(TimeSeriesStore store) {
        return store.admin().layout().blocks();
    }

    private static StoreSettings settings() {
        return StoreSettings.DEFAULTS;
    }

    private static double processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static long liveHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void say(String name, double value) {
        System.out.println(name + "\t" + value);
    }
}
