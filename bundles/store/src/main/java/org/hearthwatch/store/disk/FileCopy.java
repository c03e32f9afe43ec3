package org.hearthwatch.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A copy of some of a disk's files in a new directory. For one thread. */
public final class FileCopy {

    private final Disk from;
    private final Path to;
    private final Set<Path> folders = new LinkedHashSet<>();
    private final List<Path> made = new ArrayList<>();
    private boolean own;
    private long bytes;

    /** To a directory that is not there or empty. */
    public FileCopy(Disk from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** Makes the directory. @throws IOException if it is there and not empty, or what it is in is not */
    public void begin() throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> files = Files.list(to)) {
                if (files.findAny().isPresent()) {
                    throw new IOException("The directory " + to + " is not empty; name one that is not there");
                }
            }
        } else if (to.toAbsolutePath().getParent() == null
                || !Files.isDirectory(to.toAbsolutePath().getParent())) {
            throw new IOException("There is no directory to make " + to + " in");
        } else {
            Files.createDirectory(to);
            own = true;
        }
        folders.add(to);
    }

    /** Links a file that never changes again; copies it where links cannot be. */
    public void link(String name) throws IOException {
        Path target = target(name);
        if (!from.link(name, target)) {
            copyTo(name, target);
        }
        made.add(target);
        bytes += Files.size(target);
    }

    /** Copies a file as it is now. */
    public void copy(String name) throws IOException {
        Path target = target(name);
        copyTo(name, target);
        made.add(target);
        bytes += Files.size(target);
    }

    /** Writes a file. */
    public void write(String name, ByteBuffer content) throws IOException {
        Path target = target(name);
        made.add(target);
        bytes += content.remaining();
        try (var file = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
                file.write(content);
            }
            file.force(true);
        }
    }

    private void copyTo(String name, Path target) throws IOException {
        try (DiskReader file = from.open(name);
                var copy = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.allocate(1 << 18);
            for (long at = 0; at < file.size(); ) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), file.size() - at));
                file.read(at, buffer);
                buffer.flip();
                at += buffer.remaining();
                while (buffer.hasRemaining()) {
                    copy.write(buffer);
                }
            }
            copy.force(true);
        }
    }

    private Path target(String name) throws IOException {
        Path target = to.resolve(name);
        Path folder = target.getParent();
        if (folder != null && folders.add(folder)) {
            Files.createDirectories(folder);
        }
        return target;
    }

    /** Makes all durable. */
    public void end() throws IOException {
        for (Path folder : folders) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** How much was copied or linked. */
    public long bytes() {
        return bytes;
    }

    /** Removes what was made. */
    public void remove() throws IOException {
        for (Path file : made) {
            Files.deleteIfExists(file);
        }
        var inner = new ArrayList<>(folders);
        Collections.reverse(inner);
        for (Path folder : inner) {
            try {
                if (own || !folder.equals(to)) {
                    Files.deleteIfExists(folder);
                }
            } catch (FileSystemException e) {
                throw new IOException("The begun copy in " + to + " could not be removed: " + e.getMessage(), e);
            }
        }
    }
}
