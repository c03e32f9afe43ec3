package org.hearthwatch.store.blocks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.store.blocks.Manifest.Listed;
import org.hearthwatch.store.catalog.SeriesCatalog.Extent;
import org.hearthwatch.store.frame.BodyReader;
import org.hearthwatch.store.frame.Bytes;
import org.hearthwatch.store.frame.FileKind;
import org.hearthwatch.store.frame.ForeignFileException;
import org.hearthwatch.store.frame.Frame;
import org.hearthwatch.store.frame.FrameReader;
import org.hearthwatch.store.frame.FrameWriter;
import org.hearthwatch.store.log.LogFloor;

/**
 * A manifest as a file of frames.
 *
 * <pre>
 * record 1   state: signed time and unsigned segment of the log's floor, unsigned next generation, signed raw floor, and,
 *            but for an early version, unsigned number of the catalogue and unsigned durable bytes of it
 * record 2   a block: text file, unsigned resolution, signed first time, signed last time, unsigned bytes
 * record 3   a deletion: unsigned generation, unsigned segment, signed when, signed first time, signed last time,
 *            unsigned count of series, then each number as unsigned distance from the one before (from 0 at first)
 * record 4   a file that may be removed: text
 * record 5   the end: unsigned count of the records before
 * </pre>
 *
 * <p>Without its end, or with anything damaged, a manifest is no manifest.
 */
final class ManifestFormat {

    private static final int STATE = 1;
    private static final int BLOCK = 2;
    private static final int TOMBSTONE = 3;
    private static final int GONE = 4;
    private static final int END = 5;

    private ManifestFormat() {}

    static ByteBuffer write(Manifest manifest, long now) {
        FrameWriter frames = FrameWriter.begin(FileKind.MANIFEST, manifest.sequence(), now);
        Bytes state = frames.record(STATE, 0);
        state.putSigned(manifest.floor().time());
        state.putUnsigned(manifest.floor().segment());
        state.putUnsigned(manifest.nextGeneration());
        state.putSigned(manifest.rawFloor());
        state.putUnsigned(manifest.catalogue().sequence());
        state.putUnsigned(manifest.catalogue().bytes());
        frames.end();
        manifest.blocks().forEach(block -> write(block, frames));
        manifest.tombstones().forEach(tombstone -> write(tombstone, frames));
        for (String file : manifest.gone()) {
            frames.record(GONE, 0).putText(file);
            frames.end();
        }
        int records = 1
                + manifest.blocks().size()
                + manifest.tombstones().size()
                + manifest.gone().size();
        frames.record(END, 0).putUnsigned(records);
        frames.end();
        return frames.bytes().asBuffer();
    }

    private static void write(Listed block, FrameWriter frames) {
        Bytes body = frames.record(BLOCK, 0);
        body.putText(block.file());
        body.putUnsigned(block.resolution());
        body.putSigned(block.from());
        body.putSigned(block.to());
        body.putUnsigned(block.bytes());
        frames.end();
    }

    private static void write(Tombstone tombstone, FrameWriter frames) {
        Bytes body = frames.record(TOMBSTONE, 0);
        body.putUnsigned(tombstone.generation());
        body.putUnsigned(tombstone.segment());
        body.putSigned(tombstone.madeAt());
        body.putSigned(tombstone.from());
        body.putSigned(tombstone.to());
        body.putUnsigned(tombstone.size());
        int before = 0;
        for (int i = 0; i < tombstone.size(); i++) {
            body.putUnsigned(tombstone.ref(i) - (long) before);
            before = tombstone.ref(i);
        }
        frames.end();
    }

    /**
     * Reads a manifest.
     *
     * @return nothing if it is not whole
     * @throws ForeignFileException if a newer version wrote it, or it is another kind of file
     */
    static Optional<Manifest> read(byte[] content, String name, long sequence) throws ForeignFileException {
        FrameReader frames = FrameReader.of(content, name, FileKind.MANIFEST, sequence);
        if (!frames.headerRight()) {
            return Optional.empty();
        }
        var reading = new Reading(sequence);
        for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
            if (!(next.get() instanceof Frame.Whole record) || !reading.take(record)) {
                return Optional.empty();
            }
        }
        return reading.result();
    }

    /** What has been read of a manifest. */
    private static final class Reading {

        private final long sequence;
        private final List<Listed> blocks = new ArrayList<>();
        private final List<Tombstone> tombstones = new ArrayList<>();
        private final List<String> gone = new ArrayList<>();
        private Manifest state = Manifest.EMPTY;
        private int records;
        private boolean ended;

        Reading(long sequence) {
            this.sequence = sequence;
        }

        boolean take(Frame.Whole record) {
            BodyReader body = record.body();
            try {
                switch (record.type()) {
                    case STATE -> state = state(body);
                    case BLOCK ->
                        blocks.add(new Listed(
                                body.takeText(),
                                body.takeUnsigned(),
                                body.takeSigned(),
                                body.takeSigned(),
                                body.takeUnsigned()));
                    case TOMBSTONE -> tombstones.add(tombstone(body));
                    case GONE -> gone.add(body.takeText());
                    case END -> ended = body.takeUnsigned() == records;
                    default -> {
                        return false;
                    }
                }
                records++;
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }

        private static Manifest state(BodyReader body) {
            var floor = new LogFloor(body.takeSigned(), body.takeUnsigned());
            long nextGeneration = body.takeUnsigned();
            long rawFloor = body.takeSigned();
            Extent catalogue = body.hasMore() ? new Extent(body.takeUnsigned(), body.takeUnsigned()) : Extent.NONE;
            return new Manifest(0, floor, nextGeneration, rawFloor, catalogue, List.of(), List.of(), List.of());
        }

        private static Tombstone tombstone(BodyReader body) {
            long generation = body.takeUnsigned();
            long segment = body.takeUnsigned();
            long madeAt = body.takeSigned();
            long from = body.takeSigned();
            long to = body.takeSigned();
            var refs = new int[body.takeCount(100_000_000)];
            int ref = 0;
            for (int i = 0; i < refs.length; i++) {
                ref += body.takeCount(Integer.MAX_VALUE - ref);
                refs[i] = ref;
            }
            return new Tombstone(generation, segment, madeAt, from, to, refs);
        }

        Optional<Manifest> result() {
            return ended
                    ? Optional.of(new Manifest(
                            sequence,
                            state.floor(),
                            state.nextGeneration(),
                            state.rawFloor(),
                            state.catalogue(),
                            blocks,
                            tombstones,
                            gone))
                    : Optional.empty();
        }
    }
}
