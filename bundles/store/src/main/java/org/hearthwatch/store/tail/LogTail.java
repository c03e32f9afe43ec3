package org.hearthwatch.store.tail;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.hearthwatch.api.store.SampleTail;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.Quarantine;
import org.hearthwatch.store.log.LogHolder;
import org.hearthwatch.store.log.LogParts;

/** Those who follow the log: what they still need is kept, up to a limit. Thread-safe. */
public final class LogTail implements SampleTail, LogHolder {

    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,64}");

    private final Disk disk;
    private final LogParts log;
    private final LogNames names;
    private final LongSupplier most;
    private final InstantSource clock;
    private final Map<String, Follower> followers = new HashMap<>();

    /**
     * Nobody yet.
     *
     * @param most how many bytes of log are kept for followers alone
     */
    public LogTail(Disk disk, LogParts log, LogNames names, LongSupplier most, InstantSource clock) {
        this.disk = disk;
        this.log = log;
        this.names = names;
        this.most = most;
        this.clock = clock;
    }

    /**
     * Reads where followers were. A place that is damaged is kept in quarantine and reported; who had it begins anew.
     *
     * @return the greatest number of a file of the log that one of them speaks of
     */
    public synchronized long load(List<Damage> damages) throws IOException {
        long greatest = 0;
        for (String file : disk.list(Follower.FOLDER)) {
            String path = Follower.FOLDER + '/' + file;
            if (file.endsWith(Follower.SUFFIX + Follower.UNFINISHED)) {
                disk.delete(path);
            } else if (file.endsWith(Follower.SUFFIX)) {
                byte[] content = disk.read(path);
                var place = Place.decode(content);
                if (place.isPresent()) {
                    String name = file.substring(0, file.length() - Follower.SUFFIX.length());
                    followers.put(name, new Follower(disk, name, place.get()));
                    greatest = Math.max(greatest, place.get().done().segment());
                } else {
                    String copy = new Quarantine(disk).keep(path, content, 0, content.length);
                    disk.delete(path);
                    damages.add(new Damage(
                            "The place of a follower in " + disk.location() + '/' + path
                                    + " is damaged; it begins anew with what comes from now on; " + copy,
                            false));
                }
            }
        }
        return greatest;
    }

    @Override
    public synchronized Cursor open(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A follower's name is of a-z, 0-9, dot and hyphen, up to 64 of them, unlike " + name);
        }
        Follower follower = followers.get(name);
        if (follower == null) {
            follower = new Follower(disk, name, new Place(end(), clock.millis(), 0));
            follower.begin();
            follower.save(clock.millis());
            followers.put(name, follower);
        }
        if (!follower.take()) {
            throw new IllegalStateException("Somebody follows the log as " + name + " already");
        }
        return new LogCursor(disk, name, follower, log, names, clock);
    }

    private Position end() {
        List<LogParts.Part> parts = log.all();
        if (parts.isEmpty() || parts.get(parts.size() - 1).ended()) {
            return new Position(log.next(), 0, 0);
        }
        var last = parts.get(parts.size() - 1);
        return new Position(last.sequence(), last.bytes(), 0);
    }

    @Override
    public synchronized void forget(String name) throws IOException {
        Follower follower = followers.get(name);
        if (follower == null) {
            return;
        }
        if (follower.isOpen()) {
            throw new IllegalStateException("Somebody follows the log as " + name + "; close that first");
        }
        disk.delete(Follower.fileOf(name));
        disk.forceDirectory(Follower.FOLDER);
        followers.remove(name);
    }

    /** Makes places durable that are not; to be called every few seconds. */
    public synchronized void save() throws IOException {
        for (Follower follower : followers.values()) {
            follower.save(clock.millis());
        }
    }

    @Override
    public synchronized long needed() throws IOException {
        long needed = Long.MAX_VALUE;
        for (Follower follower : followers.values()) {
            needed = Math.min(needed, follower.needed(log.all(), log.next()));
            follower.save(clock.millis());
        }
        return needed;
    }

    @Override
    public long mostBytes() {
        return most.getAsLong();
    }

    @Override
    public synchronized void dropping(long segment) throws IOException {
        for (Follower follower : followers.values()) {
            follower.dropped(segment);
            follower.save(clock.millis());
        }
    }

    /** How many there are. */
    public synchronized int followers() {
        return followers.size();
    }
}
