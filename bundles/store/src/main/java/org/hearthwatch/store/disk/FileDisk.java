package org.hearthwatch.store.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A directory of the machine's file system. */
public final class FileDisk implements Disk {

    private static final List<String> FULL = List.of("no space left", "quota exceeded", "not enough space");

    private final Path directory;

    /** Uses a directory, which is made when it is first written to. */
    public FileDisk(Path directory) {
        this.directory = directory;
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public List<String> list(String folder) throws IOException {
        Path path = directory.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public List<String> folders(String folder) throws IOException {
        Path path = directory.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void makeFolder(String folder) throws IOException {
        Files.createDirectories(directory.resolve(folder));
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(directory.resolve(name));
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(directory.resolve(name));
    }

    @Override
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name));
    }

    @Override
    public DiskReader open(String name) throws IOException {
        return new ChannelReader(directory.resolve(name));
    }

    @Override
    public DiskFile create(String name) throws IOException {
        return new ChannelFile(
                FileChannel.open(directory.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    @Override
    public DiskFile append(String name) throws IOException {
        return new ChannelFile(
                FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    @Override
    public boolean link(String name, Path target) throws IOException {
        Path file = directory.resolve(name);
        try {
            Files.createLink(target, file);
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        } catch (FileSystemException e) {
            // Another file system, or one without links. What else is wrong shows when it is copied.
            if (Files.exists(file) && !Files.exists(target)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void force(String name) throws IOException {
        try (var channel = FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void truncate(String name, long size) throws IOException {
        try (var channel = FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE)) {
            channel.truncate(size);
            channel.force(true);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                directory.resolve(from),
                directory.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void forceDirectory(String folder) throws IOException {
        try (var channel = FileChannel.open(directory.resolve(folder), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long usableBytes() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    @Override
    public boolean isFull(IOException failure) {
        String reason = failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
        return reason != null && FULL.stream().anyMatch(reason.toLowerCase(Locale.ROOT)::contains);
    }

    @Override
    public Closeable lock(String name) throws IOException {
        Path file = directory.resolve(name);
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                channel.truncate(0);
                channel.write(
                        ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse("this process");
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        String owner = Files.readString(file).trim();
        channel.close();
        throw inUse(owner.isEmpty() ? "another process" : "process " + owner);
    }

    private DirectoryInUseException inUse(String owner) {
        return new DirectoryInUseException("The data directory " + directory + " is in use by " + owner
                + "; two must not write to it. Stop that one, or start this one with another home.");
    }

    /** A file behind a channel. */
    private record ChannelFile(FileChannel channel) implements DiskFile {

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
