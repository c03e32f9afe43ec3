package org.hearthwatch.store.tail;

import java.io.IOException;
import java.util.List;
import org.hearthwatch.api.store.SampleTail.Position;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.DiskFile;
import org.hearthwatch.store.log.LogParts;

/** A follower by name, and its place on disk; there is one whether or not somebody follows just now. Thread-safe. */
final class Follower {

    static final String FOLDER = "tail";
    static final String SUFFIX = ".pos";
    static final String UNFINISHED = ".tmp";

    private final Disk disk;
    private final String name;
    private Place place;
    private boolean changed;
    private boolean open;
    private long savedAt = Long.MIN_VALUE;

    Follower(Disk disk, String name, Place place) {
        this.disk = disk;
        this.name = name;
        this.place = place;
    }

    static String fileOf(String name) {
        return FOLDER + '/' + name + SUFFIX;
    }

    synchronized Place place() {
        return place;
    }

    synchronized boolean take() {
        boolean free = !open;
        open = true;
        return free;
    }

    synchronized void release() {
        open = false;
    }

    synchronized boolean isOpen() {
        return open;
    }

    synchronized void acknowledge(Position end, long time) {
        if (Place.compare(end, place.done()) > 0) {
            place = new Place(end, Math.max(time, place.time()), place.dropped());
            changed = true;
        }
    }

    synchronized void dropped(long segment) {
        if (segment >= place.done().segment()) {
            place = new Place(place.done(), place.time(), Math.max(segment, place.dropped()));
            changed = true;
        }
    }

    /** The number of the oldest file that is needed; one that is done with to its end is not. */
    synchronized long needed(List<LogParts.Part> parts, long next) {
        Position done = place.done();
        for (LogParts.Part part : parts) {
            if (part.sequence() == done.segment() && part.ended() && done.offset() >= part.bytes()) {
                long following = next;
                for (LogParts.Part later : parts) {
                    if (later.sequence() > part.sequence()) {
                        following = later.sequence();
                        break;
                    }
                }
                place = new Place(new Position(following, 0, 0), place.time(), place.dropped());
                changed = true;
                done = place.done();
            }
        }
        return done.segment();
    }

    /** Makes the place durable if it changed. */
    synchronized void save(long now) throws IOException {
        if (!changed) {
            return;
        }
        String file = fileOf(name);
        disk.makeFolder(FOLDER);
        disk.delete(file + UNFINISHED);
        try (DiskFile fresh = disk.create(file + UNFINISHED)) {
            fresh.write(place.encode());
            fresh.force();
        }
        disk.rename(file + UNFINISHED, file);
        disk.forceDirectory(FOLDER);
        changed = false;
        savedAt = now;
    }

    /** Makes it durable unless that was done a moment ago. */
    synchronized void saveNowAndThen(long now, long interval) throws IOException {
        if (now - savedAt >= interval || now < savedAt) {
            save(now);
        }
    }

    synchronized void begin() {
        changed = true;
    }
}
