package org.hearthwatch.store.blocks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.hearthwatch.store.log.LogFloor;

/** What the next manifest has that the one before has not, and the other way round. Not thread-safe. */
public final class Change {

    private final List<LiveBlock> added = new ArrayList<>();
    private final Set<LiveBlock> removed = new HashSet<>();
    private final Set<LiveBlock> quarantined = new HashSet<>();
    private final List<LongFunction<Tombstone>> deleted = new ArrayList<>();
    private final Set<Tombstone> carriedOut = new HashSet<>();
    private Optional<LogFloor> floor = Optional.empty();
    private long rawFloor = Long.MIN_VALUE;
    private boolean cut;

    public Change add(LiveBlock block) {
        added.add(block);
        return this;
    }

    public Change remove(LiveBlock block) {
        removed.add(block);
        return this;
    }

    /** Keeps the file of a block that is removed, because not all in it could be read. */
    public Change quarantine(LiveBlock block) {
        quarantined.add(block);
        return this;
    }

    /**
     * Deletes samples.
     *
     * @param byGeneration makes the deletion with the generation it is given when it begins to hold: whatever was begun
     *     before, and does not know of it, has a lower one
     */
    public Change delete(LongFunction<Tombstone> byGeneration) {
        deleted.add(byGeneration);
        return this;
    }

    /** Forgets a deletion that is carried out everywhere. */
    public Change carriedOut(Tombstone tombstone) {
        carriedOut.add(tombstone);
        return this;
    }

    /** Says that the blocks added were cut from memory, and what of the log they hold. */
    public Change cut(LogFloor now) {
        floor = Optional.of(now);
        cut = true;
        return this;
    }

    /** Says that samples as they came are dropped below a time. */
    public Change rawFloor(long time) {
        rawFloor = Math.max(rawFloor, time);
        return this;
    }

    /** Whether nothing changes. */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && deleted.isEmpty() && carriedOut.isEmpty() && floor.isEmpty();
    }

    List<LiveBlock> added() {
        return added;
    }

    Set<LiveBlock> removed() {
        return removed;
    }

    boolean keepsFileOf(LiveBlock block) {
        return quarantined.contains(block);
    }

    BlockState applyTo(BlockState before, LongSupplier generations) {
        var blocks = new ArrayList<LiveBlock>();
        for (LiveBlock block : before.blocks()) {
            if (!removed.contains(block)) {
                blocks.add(block);
            }
        }
        blocks.addAll(added);
        blocks.sort((a, b) -> Long.compare(a.generation(), b.generation()));
        var tombstones = new ArrayList<>(before.tombstones());
        tombstones.removeAll(carriedOut);
        deleted.forEach(deletion -> tombstones.add(deletion.apply(generations.getAsLong())));
        return new BlockState(
                blocks,
                tombstones,
                floor.orElse(before.floor()),
                Math.max(rawFloor, before.rawFloor()),
                before.cuts() + (cut ? 1 : 0));
    }
}
