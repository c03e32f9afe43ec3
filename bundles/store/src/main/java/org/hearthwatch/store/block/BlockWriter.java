package org.hearthwatch.store.block;

import java.io.Closeable;
import java.io.IOException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.DiskFile;
import org.hearthwatch.store.frame.Bytes;
import org.hearthwatch.store.tier.TierBuffer;

/**
 * Writes one block, under a temporary name until it is whole. The file is described in docs/store-format.md. A block
 * that was merged, or is written small, carries the labels of its series, so that they can be found again when the
 * catalogue is lost. For one thread.
 */
public final class BlockWriter implements Closeable {

    private static final int FLUSH_BYTES = 1 << 18;

    private final Disk disk;
    private final String tmpName;
    private final int level;
    private final long resolution;
    private final boolean withLabels;
    private final DiskFile file;
    private final Bytes out = new Bytes();
    private final Bytes scratch = new Bytes();
    private final Bytes labelBytes = new Bytes();
    private final LabelGroup group = new LabelGroup();
    private final BlockIndex.Builder index = new BlockIndex.Builder();
    private final SectionWriter sections;
    private long written;
    private boolean open = true;
    private boolean finished;

    /**
     * Begins a file.
     *
     * @param tmpName what it is called until it is whole; its folder is made where it is missing, and what has that name
     *     is replaced
     * @param level 0 to 65535
     * @param resolution zero for samples, or the width of the intervals
     * @param withLabels whether the series can be told by this file alone; not worth it in one that is soon merged
     */
    public BlockWriter(Disk disk, String tmpName, int level, long resolution, boolean withLabels) throws IOException {
        this.disk = disk;
        this.tmpName = tmpName;
        this.level = level;
        this.resolution = resolution;
        this.withLabels = withLabels;
        this.sections = new SectionWriter();
        folder(tmpName, disk);
        disk.delete(tmpName);
        this.file = disk.create(tmpName);
        byte[] header = Footer.header(level, resolution);
        out.putBytes(header, 0, header.length);
    }

    private static String folder(String name, Disk disk) throws IOException {
        String folder = name.substring(0, Math.max(0, name.lastIndexOf('/')));
        disk.makeFolder(folder);
        return folder;
    }

    /**
     * Adds a series, native histograms included; nothing happens when it has no samples.
     *
     * @param ref greater than those before
     * @param samples in growing time, no time twice
     * @throws IllegalArgumentException if they are not, or this is a block of a tier
     */
    public void series(int ref, Labels labels, SampleBuffer samples) throws IOException {
        requireKind(resolution == 0);
        if (samples.size() > 0) {
            begin(ref, samples.timestamps(), samples.size());
            long from = written + out.size();
            sections.write(samples, out, written);
            end(ref, labels, from, samples.timestamps(), samples.size());
        }
    }

    /**
     * Adds a series of a tier; nothing happens when it has no intervals.
     *
     * @param ref greater than those before
     * @throws IllegalArgumentException if it is not, or this is a block of samples
     */
    public void series(int ref, Labels labels, TierBuffer intervals) throws IOException {
        requireKind(resolution > 0);
        if (intervals.size() > 0) {
            begin(ref, intervals.ends(), intervals.size());
            long from = written + out.size();
            sections.write(intervals, out, written);
            end(ref, labels, from, intervals.ends(), intervals.size());
        }
    }

    private static void requireKind(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("A block has either samples or a tier's intervals");
        }
    }

    private void begin(int ref, long[] times, int size) {
        if (!index.isNext(ref)) {
            throw new IllegalArgumentException("Series come in growing order, unlike " + ref);
        }
        for (int i = 1; i < size; i++) {
            if (times[i] <= times[i - 1]) {
                throw new IllegalArgumentException("Times grow, unlike " + times[i - 1] + ", " + times[i]);
            }
        }
    }

    private void end(int ref, Labels labels, long from, long[] times, int size) throws IOException {
        index.add(ref, written + out.size() - from, times[0], times[size - 1], size);
        if (withLabels) {
            group.add(labels);
            if (group.isFull()) {
                endGroup();
            }
        }
        if (out.size() >= FLUSH_BYTES) {
            flush();
        }
    }

    /** Labels stand behind all series, so until then they are kept. */
    private void endGroup() {
        int begun = labelBytes.size();
        group.write(labelBytes);
        index.addLabels(labelBytes.size() - begun);
    }

    private void flush() throws IOException {
        file.write(out.asBuffer());
        written += out.size();
        out.clear();
    }

    /**
     * Ends the file, makes it durable and gives it its name, durably. Nothing has that name before.
     *
     * @throws IOException if it may not be on disk; nothing has the name then, or the whole file
     */
    public BlockMeta finish(String finalName) throws IOException {
        if (!group.isEmpty()) {
            endGroup();
        }
        long labelsOffset = written + out.size();
        out.putBytes(labelBytes);
        long indexOffset = written + out.size();
        index.write(out, scratch, written);
        long indexLength = written + out.size() - indexOffset;
        Footer footer = index.footer(labelsOffset, indexOffset, indexLength, level, resolution);
        byte[] tail = footer.encode();
        out.putBytes(tail, 0, tail.length);
        flush();
        file.force();
        open = false;
        file.close();
        String folder = folder(finalName, disk);
        disk.rename(tmpName, finalName);
        finished = true;
        disk.forceDirectory(folder);
        return footer.meta(finalName);
    }

    /** Without {@link #finish}: removes what was written. */
    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            file.close();
        }
        if (!finished) {
            disk.delete(tmpName);
        }
    }
}
