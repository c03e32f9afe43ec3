package org.hearthwatch.store.disk;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that loses power and fails like a real one: what was not forced may be lost in any subset of writes,
 * names that were not forced come back as they were before, and after a failed force the pages count as clean although
 * they never reached the disk.
 */
public final class SimulatedDisk implements Disk {

    /** What the store is about to do. */
    public enum Operation {
        CREATE,
        WRITE,
        FORCE,
        RENAME,
        DELETE,
        FORCE_DIRECTORY,
        READ
    }

    /** Decides whether an operation fails. */
    @FunctionalInterface
    public interface Faults {
        boolean fails(Operation operation, String name);
    }

    private static final String FULL = "No space left on device";

    private final Map<String, Inode> names = new TreeMap<>();
    private final Map<String, Inode> durableNames = new TreeMap<>();
    private final List<NameChange> unforced = new ArrayList<>();
    private Faults faults = (operation, name) -> false;
    private long capacity = Long.MAX_VALUE;
    private boolean locked;
    private boolean dead;
    private int operationsLeft = Integer.MAX_VALUE;

    /** From now on. */
    public void faults(Faults now) {
        faults = now;
    }

    /** After so many operations more, none reaches the disk: the process is about to be killed, or the power to go. */
    public void stopAfter(int operations) {
        operationsLeft = operations;
    }

    /** How many bytes all files together may have from now on. */
    public void capacity(long bytes) {
        capacity = bytes;
    }

    /** The power goes; what is left is on the disk returned, and this one is of no use any more. */
    public SimulatedDisk crash(SplittableRandom random) {
        dead = true;
        var after = new SimulatedDisk();
        Map<String, Inode> left = new TreeMap<>(durableNames);
        // Changes of names reach a journalling file system's disk in order.
        int kept = random.nextInt(unforced.size() + 1);
        unforced.subList(0, kept).forEach(change -> change.applyTo(left));
        left.forEach((name, inode) -> {
            var survivor = new Inode(inode.afterCrash(random));
            after.names.put(name, survivor);
            after.durableNames.put(name, survivor);
        });
        return after;
    }

    /** The process is killed; the system lives on and has yet to write what was not forced. */
    public SimulatedDisk kill() {
        dead = true;
        var after = new SimulatedDisk();
        after.names.putAll(names);
        after.durableNames.putAll(durableNames);
        after.unforced.addAll(unforced);
        return after;
    }

    /** A copy with one file's content replaced. */
    public SimulatedDisk with(String name, byte[] content) {
        SimulatedDisk copy = copy();
        var inode = new Inode(content.clone());
        copy.names.put(name, inode);
        copy.durableNames.put(name, inode);
        return copy;
    }

    /** The same files on a disk of their own. */
    public SimulatedDisk copy() {
        var copy = new SimulatedDisk();
        names.forEach((name, inode) -> {
            var same = new Inode(inode.content());
            copy.names.put(name, same);
            copy.durableNames.put(name, same);
        });
        return copy;
    }

    /** All files there are. */
    public List<String> files() {
        return List.copyOf(names.keySet());
    }

    @Override
    public String location() {
        return "/simulated";
    }

    @Override
    public List<String> list(String folder) {
        return names.keySet().stream()
                .filter(name -> folderOf(name).equals(folder))
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .toList();
    }

    @Override
    public List<String> folders(String folder) {
        return names.keySet().stream()
                .map(SimulatedDisk::folderOf)
                .filter(name -> folderOf(name).equals(folder) && !name.equals(folder))
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .distinct()
                .toList();
    }

    private static String folderOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    @Override
    public void makeFolder(String folder) {
        // Folders are there when files are.
    }

    @Override
    public boolean exists(String name) {
        return names.containsKey(name);
    }

    @Override
    public long size(String name) throws IOException {
        return inode(name).size;
    }

    @Override
    public byte[] read(String name) throws IOException {
        return inode(name).content();
    }

    @Override
    public DiskReader open(String name) throws IOException {
        return new SimulatedReader(name, inode(name));
    }

    @Override
    public DiskFile create(String name) throws IOException {
        attempt(Operation.CREATE, name);
        if (names.containsKey(name)) {
            throw new IOException("The file " + name + " is there already");
        }
        var inode = new Inode(new byte[0]);
        change(new NameChange(name, inode, null));
        return new SimulatedFile(name, inode);
    }

    @Override
    public DiskFile append(String name) throws IOException {
        attempt(Operation.CREATE, name);
        return new SimulatedFile(name, inode(name));
    }

    @Override
    public boolean link(String name, Path target) {
        return false;
    }

    @Override
    public void force(String name) throws IOException {
        attempt(Operation.FORCE, name);
        inode(name).force();
    }

    @Override
    public void truncate(String name, long size) throws IOException {
        Inode inode = inode(name);
        inode.set(Arrays.copyOf(inode.content(), (int) size));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        attempt(Operation.RENAME, from);
        change(new NameChange(to, inode(from), from));
    }

    @Override
    public void delete(String name) throws IOException {
        attempt(Operation.DELETE, name);
        if (names.containsKey(name)) {
            change(new NameChange(name, null, name));
        }
    }

    @Override
    public void forceDirectory(String folder) throws IOException {
        attempt(Operation.FORCE_DIRECTORY, folder);
        // What was renamed into the folder had its former name, in another perhaps, before that and not afterwards.
        var forced = new ArrayDeque<NameChange>();
        var earlier = new HashSet<String>();
        for (NameChange change : reversed(unforced)) {
            if (folderOf(change.name).equals(folder) || earlier.contains(change.name)) {
                forced.addFirst(change);
                if (change.former != null) {
                    earlier.add(change.former);
                }
            }
        }
        forced.forEach(change -> change.applyTo(durableNames));
        unforced.removeAll(forced);
    }

    private static List<NameChange> reversed(List<NameChange> changes) {
        var reversed = new ArrayList<>(changes);
        Collections.reverse(reversed);
        return reversed;
    }

    @Override
    public long usableBytes() {
        return Math.max(0, capacity - used());
    }

    @Override
    public boolean isFull(IOException failure) {
        return FULL.equals(failure.getMessage());
    }

    @Override
    public Closeable lock(String name) throws IOException {
        if (locked) {
            throw new DirectoryInUseException("in use");
        }
        locked = true;
        return () -> locked = false;
    }

    private long used() {
        return names.values().stream().mapToLong(inode -> inode.size).sum();
    }

    private void change(NameChange change) {
        change.applyTo(names);
        unforced.add(change);
    }

    private void attempt(Operation operation, String name) throws IOException {
        if (dead || operationsLeft-- <= 0) {
            dead = true;
            throw new IOException("This disk is gone");
        }
        if (faults.fails(operation, name)) {
            throw new IOException("Input/output error");
        }
    }

    private Inode inode(String name) throws IOException {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new NoSuchFileException(name);
        }
        return inode;
    }

    /** A name that is given to a file, or taken from it. */
    private record NameChange(
            String name, @Nullable Inode inode, @Nullable String former) {

        void applyTo(Map<String, Inode> names) {
            if (former != null) {
                names.remove(former);
            }
            if (inode != null) {
                names.put(name, inode);
            }
        }
    }

    /** A file's content as programs see it, and as it is on disk. */
    private static final class Inode {

        private final List<byte[]> writes = new ArrayList<>();
        private byte[] durable;
        private long size;
        private int doubtful;

        Inode(byte[] content) {
            set(content);
        }

        void set(byte[] content) {
            durable = content;
            size = content.length;
            writes.clear();
            doubtful = 0;
        }

        void write(byte[] bytes) {
            writes.add(bytes);
            size += bytes.length;
        }

        /** What a failed force left behind stays in doubt, and all that is written after it too. */
        void force() {
            if (doubtful == 0) {
                durable = content();
                writes.clear();
            }
        }

        void forceFailed() {
            doubtful = writes.size();
        }

        byte[] content() {
            var all = new ByteArrayOutputStream();
            all.writeBytes(durable);
            writes.forEach(all::writeBytes);
            return all.toByteArray();
        }

        byte[] afterCrash(SplittableRandom random) {
            byte[] all = content();
            int at = durable.length;
            int end = at;
            for (byte[] write : writes) {
                // Each page of a write reaches the disk or does not, for itself.
                for (int from = 0; from < write.length; from += 512) {
                    int to = Math.min(from + 512, write.length);
                    if (random.nextBoolean()) {
                        end = at + to;
                    } else {
                        Arrays.fill(all, at + from, at + to, (byte) 0);
                    }
                }
                at += write.length;
            }
            return Arrays.copyOf(all, random.nextBoolean() ? end : all.length);
        }
    }

    /** A file open for reading, which may go on growing. */
    private final class SimulatedReader implements DiskReader {

        private final String name;
        private final Inode inode;
        private final long size;
        private byte[] content = {};

        SimulatedReader(String name, Inode inode) {
            this.name = name;
            this.inode = inode;
            this.size = inode.size;
        }

        @Override
        public synchronized void read(long at, ByteBuffer into) throws IOException {
            if (faults.fails(Operation.READ, name)) {
                throw new IOException("Input/output error");
            }
            if (content.length != inode.size) {
                content = inode.content();
            }
            if (at < 0 || at > content.length - into.remaining()) {
                throw new EOFException("The file ends at " + content.length);
            }
            into.put(content, (int) at, into.remaining());
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** An open file. */
    private final class SimulatedFile implements DiskFile {

        private final String name;
        private final Inode inode;

        SimulatedFile(String name, Inode inode) {
            this.name = name;
            this.inode = inode;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            var content = new byte[bytes.remaining()];
            bytes.get(content);
            long room = Math.max(0, capacity - used());
            if (!dead && content.length > room) {
                inode.write(Arrays.copyOf(content, (int) room));
                throw new IOException(FULL);
            }
            try {
                attempt(Operation.WRITE, name);
            } catch (IOException e) {
                if (dead) {
                    throw e;
                }
                inode.write(Arrays.copyOf(content, content.length / 2));
                throw e;
            }
            inode.write(content);
        }

        @Override
        public void force() throws IOException {
            try {
                attempt(Operation.FORCE, name);
            } catch (IOException e) {
                if (!dead) {
                    inode.forceFailed();
                }
                throw e;
            }
            inode.force();
        }

        @Override
        public void close() {
            // Nothing is flushed by closing.
        }
    }
}
