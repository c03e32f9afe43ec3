package org.hearthwatch.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreLayout;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.block.BlockMeta;
import org.hearthwatch.store.blocks.BlockState;
import org.hearthwatch.store.blocks.BlockStore;
import org.hearthwatch.store.blocks.Deletion;
import org.hearthwatch.store.blocks.Fillings;
import org.hearthwatch.store.blocks.LiveBlock;
import org.hearthwatch.store.blocks.SeriesNumbers;
import org.hearthwatch.store.blocks.SnapshotCopy;
import org.hearthwatch.store.blocks.StoreCheck;
import org.hearthwatch.store.blocks.Upkeep;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.Quarantine;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.log.SampleLog;

/** Looking after the store by hand. */
final class Administration implements StoreAdmin {

    private final Disk disk;
    private final BlockStore blocks;
    private final Upkeep upkeep;
    private final LoggedMemory memory;
    private final SampleLog log;
    private final Deletion deletion;
    private final Fillings fillings;
    private final IntFunction<Cardinality> cardinality;
    private final Supplier<List<Damage>> damages;

    Administration(
            Disk disk,
            BlockStore blocks,
            Upkeep upkeep,
            LoggedMemory memory,
            SampleLog log,
            InstantSource clock,
            SeriesNumbers numbers,
            IntFunction<Labels> labels,
            LongSupplier latest,
            IntFunction<Cardinality> cardinality,
            Supplier<List<Damage>> damages) {
        this.disk = disk;
        this.blocks = blocks;
        this.upkeep = upkeep;
        this.memory = memory;
        this.log = log;
        this.deletion = new Deletion(blocks, memory, upkeep, clock);
        this.fillings = new Fillings(disk, blocks, memory, upkeep, numbers, labels, latest);
        this.cardinality = cardinality;
        this.damages = damages;
    }

    @Override
    public int delete(List<Matcher> matchers, long from, long to) throws StoreUnavailableException {
        return deletion.delete(matchers, from, to);
    }

    @Override
    public void compactDeleted(Consumer<String> progress) throws IOException, InterruptedException {
        int done = 0;
        while (upkeep.carryOutNext()) {
            done++;
            if (done < 10 || done % 10 == 0) {
                progress.accept("blocks written anew: " + done);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("Stopped after " + done + " blocks; the rest follows by itself");
            }
        }
    }

    @Override
    public Snapshot snapshot(Path directory) throws IOException {
        return new SnapshotCopy(disk, blocks, memory, upkeep).to(directory);
    }

    @Override
    public CheckReport check(boolean deep, Consumer<String> progress) throws IOException, InterruptedException {
        return new StoreCheck(disk, blocks, log.parts()).run(deep, progress);
    }

    @Override
    public Cardinality cardinality(int top) {
        if (top < 1 || top > 10_000) {
            throw new IllegalArgumentException("From 1 to 10000 can be listed, not " + top);
        }
        return cardinality.apply(top);
    }

    @Override
    public StoreLayout layout() {
        BlockState state = blocks.state();
        var listed = new ArrayList<StoreLayout.Block>();
        for (LiveBlock block : state.blocks()) {
            BlockMeta meta = block.meta();
            listed.add(new StoreLayout.Block(
                    meta.name(),
                    Duration.ofMillis(meta.resolution()),
                    meta.level(),
                    Instant.ofEpochMilli(meta.from()),
                    Instant.ofEpochMilli(meta.to()),
                    meta.series(),
                    meta.samples(),
                    meta.bytes()));
        }
        listed.sort((a, b) -> a.resolution().equals(b.resolution())
                ? a.from().compareTo(b.from())
                : a.resolution().compareTo(b.resolution()));
        var problems = new ArrayList<String>();
        damages.get().forEach(damage -> problems.add(damage.message()));
        upkeep.problem().ifPresent(problems::add);
        return new StoreLayout(
                new StoreLayout.Log(log.segmentCount(), log.bytes()),
                head(),
                listed,
                state.tombstones().size(),
                quarantined(problems),
                problems);
    }

    @Override
    public List<Keeping> retention() {
        var keeping = upkeep.keeping();
        var all = new ArrayList<Keeping>();
        all.add(new Keeping(Duration.ZERO, Duration.ofMillis(keeping.rawMillis()), limit(keeping.totalBytes())));
        for (var tier : keeping.tiers()) {
            all.add(new Keeping(
                    Duration.ofMillis(tier.width()), Duration.ofMillis(tier.keptMillis()), limit(tier.bytes())));
        }
        return all;
    }

    private static OptionalLong limit(long bytes) {
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private StoreLayout.Head head() {
        Head head = memory.head();
        long chunks = 0;
        for (Series series : head.all()) {
            chunks += series.chunkCount();
        }
        boolean some = head.sampleCount() > 0;
        return new StoreLayout.Head(
                head.seriesCount(),
                head.sampleCount(),
                chunks,
                head.heapBytes(),
                some ? Optional.of(Instant.ofEpochMilli(head.oldest())) : Optional.empty(),
                some ? Optional.of(Instant.ofEpochMilli(head.newest())) : Optional.empty());
    }

    private List<String> quarantined(List<String> problems) {
        try {
            return new Quarantine(disk).kept();
        } catch (IOException e) {
            problems.add("What is in quarantine cannot be told: " + e.getMessage());
            return List.of();
        }
    }

    @Override
    public Backfill backfill(String source) throws StoreUnavailableException {
        return fillings.begin();
    }
}
