package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.Disk;

/**
 * Samples of any age on their way to blocks. They are gathered up to a number, written to one block for each day they are
 * of, and so on; blocks of one day become one when they are many. Nobody sees any of it before all counts at once.
 */
final class Filling implements StoreAdmin.Backfill {

    private static final int GATHERED = 1 << 19;
    private static final int MOST_OF_DAY = 8;
    private static final int REFUSALS_TOLD = 10;

    private final Disk disk;
    private final BlockStore store;
    private final Memory memory;
    private final Upkeep upkeep;
    private final Windows windows;
    private final SeriesNumbers numbers;
    private final IntFunction<Labels> labels;
    private final long latest;
    private final LooseSamples gathered = new LooseSamples(GATHERED);
    private final Map<Long, List<NewBlock>> days = new TreeMap<>();
    private final CompletableFuture<Void> durable = new CompletableFuture<>();
    private long newest = Long.MIN_VALUE;
    private boolean ended;

    Filling(
            Disk disk,
            BlockStore store,
            Memory memory,
            Upkeep upkeep,
            Windows windows,
            SeriesNumbers numbers,
            IntFunction<Labels> labels,
            long latest) {
        this.disk = disk;
        this.store = store;
        this.memory = memory;
        this.upkeep = upkeep;
        this.windows = windows;
        this.numbers = numbers;
        this.labels = labels;
        this.latest = latest;
        upkeep.pin();
    }

    @Override
    public Receipt add(SampleBatch batch) throws IOException {
        if (ended) {
            throw new IOException("The backfill has ended");
        }
        var refusals = new ArrayList<Receipt.Refusal>();
        int refused = 0;
        for (int i = 0; i < batch.size(); i++) {
            var reasons = new ArrayList<Receipt.Reason>(1);
            int ref = batch.timestamp(i) > latest ? -1 : numbers.of(batch.series(i), reasons::add);
            if (ref < 0) {
                refused++;
                if (refusals.size() < REFUSALS_TOLD) {
                    refusals.add(new Receipt.Refusal(
                            batch.series(i),
                            batch.timestamp(i),
                            reasons.isEmpty() ? Receipt.Reason.TOO_NEW : reasons.get(0)));
                }
                continue;
            }
            if (gathered.isFull()) {
                write();
            }
            gathered.add(ref, batch.timestamp(i), batch.value(i), batch.histogram(i));
            newest = Math.max(newest, batch.timestamp(i));
        }
        return new Receipt(batch.size() - refused, refused, refusals, durable);
    }

    private void write() throws IOException {
        gathered.sort();
        var starts = new TreeSet<Long>();
        for (int i = 0; i < gathered.size(); i++) {
            starts.add(windows.startOf(Windows.DAY, gathered.time(i)));
        }
        var samples = new SampleBuffer();
        for (long start : starts) {
            long end = start + windows.width(Windows.DAY);
            NewBlock block = begin(start);
            for (int from = 0; from < gathered.size(); ) {
                int to = gathered.endOf(from);
                samples.clear();
                gathered.read(from, to, start + 1, end, samples);
                block.series(gathered.ref(from), labels.apply(gathered.ref(from)), samples);
                from = to;
            }
            block.finish();
            if (of(start).size() >= MOST_OF_DAY) {
                mergeDay(start);
            }
        }
        gathered.clear();
    }

    private List<NewBlock> of(long start) {
        return days.computeIfAbsent(start, day -> new ArrayList<>());
    }

    private NewBlock begin(long start) {
        var block = new NewBlock(disk, store, 0, start, start + windows.width(Windows.DAY), 0, true);
        of(start).add(block);
        return block;
    }

    private void mergeDay(long start) throws IOException {
        List<NewBlock> parts = List.copyOf(of(start));
        var sources = new ArrayList<LiveBlock>();
        parts.forEach(part -> part.finished().ifPresent(sources::add));
        var problems = new Warnings(new AtomicLong());
        var merge = new SampleMerge(List.of(), problems);
        var samples = new SampleBuffer();
        NewBlock merged = begin(start);
        try {
            var refs = new RefUnion(sources);
            while (refs.hasNext()) {
                int ref = refs.nextInt();
                merge.clear();
                for (LiveBlock source : sources) {
                    merge.add(source, ref, Long.MIN_VALUE, Long.MAX_VALUE);
                }
                samples.clear();
                merge.read(samples);
                merged.series(ref, labels.apply(ref), samples);
            }
        } catch (UncheckedIOException e) {
            throw new UnreadableBlockException(Objects.requireNonNull(e.getCause()));
        }
        if (!problems.all().isEmpty()) {
            throw new IOException(problems.all().get(0));
        }
        merged.finish();
        for (NewBlock part : parts) {
            part.close();
            of(start).remove(part);
        }
    }

    @Override
    public void finish() throws IOException {
        if (ended) {
            throw new IOException("The backfill has ended");
        }
        write();
        try {
            memory.commit();
        } catch (StoreUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
        putBeforeMemory();
        var change = new Change();
        for (List<NewBlock> blocks : days.values()) {
            for (NewBlock block : blocks) {
                block.finished().ifPresent(change::add);
                block.published();
            }
        }
        store.publish(change);
        end();
        durable.complete(null);
    }

    /** What memory has holds before all blocks, so it goes to blocks first, and those of its days are begun after them. */
    private void putBeforeMemory() throws IOException {
        long oldest = memory.head().oldest();
        if (newest < oldest) {
            return;
        }
        upkeep.cut(Math.max(newest + 1, store.state().floor().time()));
        for (long start : List.copyOf(days.keySet())) {
            if (start + windows.width(Windows.DAY) >= oldest && !of(start).isEmpty()) {
                mergeDay(start);
            }
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            upkeep.unpin();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (List<NewBlock> blocks : days.values()) {
                for (NewBlock block : blocks) {
                    block.close();
                }
            }
        } finally {
            days.clear();
            end();
            durable.completeExceptionally(new StoreUnavailableException("The backfill was given up"));
        }
    }
}
