package org.hearthwatch.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.api.store.Cardinality.Count;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreLayout;
import org.hearthwatch.api.store.StoreLayout.Block;
import org.hearthwatch.api.store.StoreMonitor;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.testkit.MemorySeries;
import org.hearthwatch.testkit.TestClock;

/** A store of which all is true that it says: what is deleted is gone, a snapshot is there, damage is found. */
final class FakeStore implements StoreAdmin, StoreMonitor {

    final MemorySeries series = new MemorySeries();
    final List<Block> blocks = new ArrayList<>();
    final List<String> damage = new ArrayList<>();
    Optional<String> readOnly = Optional.empty();
    private int deletions;

    SeriesReader reader() {
        return series;
    }

    FakeStore block(Duration resolution, Duration since, long samples, long bytes) {
        Instant from = TestClock.START.plus(since);
        blocks.add(new Block(
                "blk/" + blocks.size() + ".blk",
                resolution,
                1,
                from,
                from.plus(Duration.ofHours(6)),
                42,
                samples,
                bytes));
        return this;
    }

    @Override
    public int delete(List<Matcher> matchers, long from, long to) throws StoreUnavailableException {
        if (readOnly.isPresent()) {
            throw new StoreUnavailableException(readOnly.get());
        }
        int matching;
        try (Selection selection = series.select(matchers, from, to)) {
            matching = selection.size();
            List<Sample> kept = new ArrayList<>();
            List<Labels> touched = new ArrayList<>();
            for (int i = 0; i < matching; i++) {
                touched.add(selection.labels(i));
            }
            for (Sample sample : samples()) {
                boolean goes =
                        touched.contains(sample.labels()) && sample.timestamp() >= from && sample.timestamp() <= to;
                if (!goes) {
                    kept.add(sample);
                }
            }
            series.clear();
            kept.forEach(sample -> series.put(sample.labels(), sample.timestamp(), sample.value()));
        }
        deletions += matching > 0 ? 1 : 0;
        return matching;
    }

    List<Sample> samples() {
        var all = new ArrayList<Sample>();
        var buffer = new SampleBuffer();
        try (Selection selection = series.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
            for (int i = 0; i < selection.size(); i++) {
                selection.read(i, buffer);
                for (int j = 0; j < buffer.size(); j++) {
                    all.add(new Sample(selection.labels(i), buffer.timestamp(j), buffer.value(j)));
                }
            }
        }
        return all;
    }

    @Override
    public void compactDeleted(Consumer<String> progress) {
        for (; deletions > 0; deletions--) {
            progress.accept("Wrote a block anew");
        }
    }

    @Override
    public Snapshot snapshot(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new IOException(directory + " is not empty");
                }
            }
        }
        Files.createDirectories(directory);
        List<Sample> samples = samples();
        Path file = Files.writeString(directory.resolve("samples"), samples.toString());
        return new Snapshot(directory, Files.size(file), samples.size());
    }

    @Override
    public CheckReport check(boolean deep, Consumer<String> progress) {
        blocks.forEach(block -> progress.accept("Reading " + block.name()));
        return new CheckReport(
                blocks.size(),
                blocks.stream().mapToLong(Block::bytes).sum(),
                deep ? blocks.stream().mapToLong(Block::samples).sum() : 0,
                damage);
    }

    @Override
    public Cardinality cardinality(int top) {
        List<Count> metrics = new ArrayList<>();
        for (String metric : series.labelValues(Labels.NAME, List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
            try (Selection selection = series.select(List.of(Matcher.metric(metric)), Long.MIN_VALUE, Long.MAX_VALUE)) {
                metrics.add(new Count(metric, selection.size()));
            }
        }
        metrics.sort((a, b) -> Long.compare(b.value(), a.value()));
        List<Count> first = metrics.subList(0, Math.min(top, metrics.size()));
        List<Sample> samples = samples();
        return new Cardinality(
                metrics.stream().mapToLong(Count::value).sum(),
                metrics.size(),
                samples.size(),
                samples.stream().mapToLong(Sample::timestamp).min().orElse(Long.MAX_VALUE),
                samples.stream().mapToLong(Sample::timestamp).max().orElse(Long.MIN_VALUE),
                List.of(),
                first,
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public StoreLayout layout() {
        return new StoreLayout(
                new StoreLayout.Log(2, 3 << 20),
                new StoreLayout.Head(
                        42, samples().size(), 42, 5 << 10, Optional.of(TestClock.START), Optional.of(TestClock.START)),
                blocks,
                deletions,
                List.of(),
                damage);
    }

    @Override
    public List<Keeping> retention() {
        return List.of(
                new Keeping(Duration.ZERO, Duration.ofDays(15), OptionalLong.of(2L << 30)),
                new Keeping(Duration.ofMinutes(5), Duration.ofDays(90), OptionalLong.empty()));
    }

    @Override
    public Backfill backfill(String source) {
        throw new UnsupportedOperationException("No command asks for it");
    }

    @Override
    public StoreStatus status() {
        return new StoreStatus(
                42, samples().size(), 0, 12.5, 1 << 20, 64 << 20, Optional.empty(), Optional.empty(), readOnly);
    }
}
