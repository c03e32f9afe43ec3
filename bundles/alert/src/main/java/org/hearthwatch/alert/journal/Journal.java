package org.hearthwatch.alert.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Records, each a line of text behind the CRC-32C of its bytes. What {@link #append} was given is on disk when it returns; a
 * crash in the middle of it leaves some of the records, the last one perhaps torn. A torn or damaged line is passed over
 * when the file is opened. Now and then the file is written anew with what still counts; the new one takes the place of the
 * old in one step. Not thread-safe.
 */
public final class Journal implements Closeable {

    private static final int CRC_DIGITS = 8;
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final List<String> found;
    private final int damaged;
    private FileChannel channel;
    private long size;

    private Journal(Path file, List<String> found, int damaged, FileChannel channel, long size) {
        this.file = file;
        this.found = List.copyOf(found);
        this.damaged = damaged;
        this.channel = channel;
        this.size = size;
    }

    /** Opens a file, and makes it if there is none; its folder is there. */
    public static Journal open(Path file) throws IOException {
        Files.deleteIfExists(besides(file));
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        var found = new ArrayList<String>();
        int damaged = 0;
        int end = 0;
        for (int from = 0; from < bytes.length; from = end + 1) {
            end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String line = new String(bytes, from, end - from, StandardCharsets.UTF_8);
            // Without its line's end a record was never acknowledged.
            if (end < bytes.length && isWhole(line)) {
                found.add(line.substring(CRC_DIGITS + 1));
            } else if (!line.isEmpty()) {
                damaged++;
            }
        }
        FileChannel channel = writing(file);
        var journal = new Journal(file, found, damaged, channel, bytes.length);
        if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
            // What comes next begins on a line of its own.
            journal.write(new byte[] {'\n'});
        }
        return journal;
    }

    private static FileChannel writing(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), PRIVATE);
    }

    private static boolean isWhole(String line) {
        return line.length() > CRC_DIGITS
                && line.charAt(CRC_DIGITS) == ' '
                && line.startsWith(crc(line.substring(CRC_DIGITS + 1)));
    }

    private static String crc(String record) {
        var crc = new CRC32C();
        crc.update(record.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static Path besides(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /** The records that were there when it was opened. */
    public List<String> found() {
        return found;
    }

    /** How many lines were passed over when it was opened; a single one is what a crash leaves. */
    public int damaged() {
        return damaged;
    }

    /** How long the file is, in bytes. */
    public long size() {
        return size;
    }

    /** Adds records; they are on disk when this returns. */
    public void append(List<String> records) throws IOException {
        write(bytes(records));
        channel.force(false);
    }

    /** Replaces all records. */
    public void rewrite(List<String> records) throws IOException {
        Path fresh = besides(file);
        Files.deleteIfExists(fresh);
        byte[] bytes = bytes(records);
        try (FileChannel target = writing(fresh)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
            target.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        channel.close();
        channel = writing(file);
        size = bytes.length;
    }

    private static byte[] bytes(List<String> records) {
        var text = new StringBuilder();
        for (String record : records) {
            if (record.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("A record is one line");
            }
            text.append(crc(record)).append(' ').append(record).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long at = size;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
        size = at;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
