package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hearthwatch.api.store.StoreAdmin.CheckReport;
import org.hearthwatch.store.block.BlockFile;
import org.hearthwatch.store.catalog.SeriesCatalog.Extent;
import org.hearthwatch.store.checkpoint.CheckpointFiles;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.frame.FileKind;
import org.hearthwatch.store.frame.Frame;
import org.hearthwatch.store.frame.FrameReader;
import org.hearthwatch.store.log.LogParts;

/** Reads what is on disk again and says what is wrong with it, changing nothing. */
public final class StoreCheck {

    /** How often it is told how far it is, about. */
    private static final int TOLD = 10;

    private final Disk disk;
    private final BlockStore store;
    private final LogParts log;
    private final List<String> problems = new ArrayList<>();
    private int files;
    private long bytes;
    private long samples;

    public StoreCheck(Disk disk, BlockStore store, LogParts log) {
        this.disk = disk;
        this.store = store;
        this.log = log;
    }

    /** See {@link org.hearthwatch.api.store.StoreAdmin#check}. */
    public CheckReport run(boolean deep, Consumer<String> progress) throws IOException, InterruptedException {
        try (BlockSnapshot held = store.snapshot(block -> true)) {
            int done = 0;
            for (LiveBlock block : held.blocks()) {
                block(block, deep);
                done++;
                int all = held.blocks().size();
                if (done == all || done % Math.max(1, all / TOLD) == 0) {
                    progress.accept("blocks read: " + done + " of " + all);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException("Stopped after " + done + " blocks");
                }
            }
        }
        files += store.checkManifest(problems::add);
        for (LogParts.Part part : log.all()) {
            frames(part.name(), FileKind.LOG, part.bytes());
        }
        Extent catalogue = store.catalogue();
        List<String> catalogues = finished("catalog");
        for (String name : catalogues) {
            frames(name, FileKind.CATALOGUE, numberIn(name) == catalogue.sequence() ? catalogue.bytes() : 0);
        }
        if (catalogues.stream().noneMatch(name -> numberIn(name) >= catalogue.sequence())) {
            problems.add("catalog: the file with the number " + catalogue.sequence() + " is missing");
        }
        for (String name : finished("head")) {
            frames(name, FileKind.CHECKPOINT, disk.size(name));
        }
        return new CheckReport(files, bytes, samples, problems);
    }

    private void block(LiveBlock block, boolean deep) {
        files++;
        bytes += block.meta().bytes();
        samples += block.isRaw() ? block.meta().samples() : 0;
        // Opened anew, so that what is on disk is looked at and not what is remembered of it.
        try (BlockFile fresh = BlockFile.open(disk, block.name())) {
            fresh.verify(deep, problems::add);
        } catch (NoSuchFileException e) {
            // One that was merged or dropped meanwhile is not missed.
            if (store.state().blocks().contains(block)) {
                problems.add(block.name() + " is missing");
            }
        } catch (IOException e) {
            problems.add(block.name() + ": " + e.getMessage());
        }
    }

    /** What is there under its final name. */
    private List<String> finished(String folder) throws IOException {
        return disk.list(folder).stream()
                .filter(file -> !file.endsWith(".tmp"))
                .map(file -> folder + '/' + file)
                .toList();
    }

    private static long numberIn(String name) {
        String digits = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** @param counts so many of its bytes; what stands behind is being written, or stands again elsewhere */
    private void frames(String name, FileKind kind, long counts) throws IOException {
        try {
            byte[] content = disk.read(name);
            files++;
            bytes += content.length;
            if (content.length < counts) {
                problems.add(name + ": it has " + content.length + " bytes where " + counts + " were written");
            }
            frames(content.length > counts ? Arrays.copyOf(content, (int) counts) : content, name, kind);
        } catch (IOException e) {
            // A file that went meanwhile was done with.
            if (disk.exists(name) || isNeeded(name)) {
                problems.add(name + ": " + e.getMessage());
            }
        }
    }

    private boolean isNeeded(String name) {
        return log.all().stream().anyMatch(part -> part.name().equals(name));
    }

    private void frames(byte[] content, String name, FileKind kind) throws IOException {
        if (content.length == 0 && kind != FileKind.CHECKPOINT) {
            return;
        }
        int last = -1;
        var reader = FrameReader.of(content, name, kind, numberIn(name));
        if (!reader.headerRight()) {
            problems.add(name + ": the beginning is damaged");
        }
        for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
            if (next.get() instanceof Frame.Damaged damaged) {
                problems.add(name + ": " + (damaged.end() - damaged.offset()) + " bytes at " + damaged.offset()
                        + " are damaged");
            } else if (next.get() instanceof Frame.Whole whole) {
                last = whole.type();
            }
        }
        if (kind == FileKind.CHECKPOINT && last != CheckpointFiles.END) {
            problems.add(name + ": its end is missing");
        }
    }
}
