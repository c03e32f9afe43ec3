package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hearthwatch.api.store.StoreAdmin.CheckReport;
import org.hearthwatch.store.block.BlockFile;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.frame.FileKind;
import org.hearthwatch.store.frame.Frame;
import org.hearthwatch.store.frame.FrameReader;

/** Reads what is on disk again and says what is wrong with it, changing nothing. */
public final class StoreCheck {

    private final Disk disk;
    private final BlockStore store;
    private final List<String> problems = new ArrayList<>();
    private int files;
    private long bytes;
    private long samples;

    public StoreCheck(Disk disk, BlockStore store) {
        this.disk = disk;
        this.store = store;
    }

    /** See {@link org.hearthwatch.api.store.StoreAdmin#check}. */
    public CheckReport run(boolean deep, Consumer<String> progress) throws IOException, InterruptedException {
        try (BlockSnapshot held = store.snapshot(block -> true)) {
            int done = 0;
            for (LiveBlock block : held.blocks()) {
                block(block, deep);
                done++;
                progress.accept("blocks read: " + done + " of " + held.blocks().size());
                if (Thread.interrupted()) {
                    throw new InterruptedException("Stopped after " + done + " blocks");
                }
            }
        }
        frames("wal", FileKind.LOG);
        frames("catalog", FileKind.CATALOGUE);
        frames("head", FileKind.CHECKPOINT);
        return new CheckReport(files, bytes, samples, problems);
    }

    private void block(LiveBlock block, boolean deep) {
        files++;
        bytes += block.meta().bytes();
        samples += block.isRaw() ? block.meta().samples() : 0;
        // Opened anew, so that what is on disk is looked at and not what is remembered of it.
        try (BlockFile fresh = BlockFile.open(disk, block.name())) {
            fresh.verify(deep, problems::add);
        } catch (IOException e) {
            problems.add(block.name() + ": " + e.getMessage());
        }
    }

    private void frames(String folder, FileKind kind) throws IOException {
        List<String> names = disk.list(folder);
        for (String file : names) {
            String name = folder + '/' + file;
            boolean newest = file.equals(names.get(names.size() - 1));
            try {
                byte[] content = disk.read(name);
                files++;
                bytes += content.length;
                frames(content, name, kind, newest);
            } catch (IOException e) {
                // A file that went meanwhile was done with.
                if (disk.exists(name)) {
                    problems.add(name + ": " + e.getMessage());
                }
            }
        }
    }

    private void frames(byte[] content, String name, FileKind kind, boolean newest) throws IOException {
        String digits = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\D", "");
        var reader = FrameReader.of(content, name, kind, digits.isEmpty() ? 0 : Long.parseLong(digits));
        if (!reader.headerRight()) {
            problems.add(name + ": the beginning is damaged");
        }
        for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
            if (next.get() instanceof Frame.Damaged damaged && !(newest && damaged.atEnd())) {
                problems.add(name + ": " + (damaged.end() - damaged.offset()) + " bytes at " + damaged.offset()
                        + " are damaged");
            }
        }
    }
}
