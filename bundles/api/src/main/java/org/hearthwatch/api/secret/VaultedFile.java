package org.hearthwatch.api.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A key of a bundle: a note in the vault, and a private file where there is no vault or it is not open. A file is newer than
 * the note, and goes into the vault with {@link #moveToVault}. Thread-safe.
 */
public final class VaultedFile {

    private static final int MOST_BYTES = 64 * 1024;

    private final Path file;
    private final String note;
    private final Supplier<Optional<SealedNotes>> vault;

    /** @param note its name in the vault, such as {@code access/factor-key} */
    public VaultedFile(Path file, String note, Supplier<Optional<SealedNotes>> vault) {
        this.file = file;
        this.note = note;
        this.vault = vault;
    }

    public Path file() {
        return file;
    }

    /** Whether it is a file at this moment. */
    public boolean inFile() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * What is kept; empty where there is neither a file nor a note. Opens the vault where that needs nobody.
     *
     * @return the caller wipes it
     * @throws IOException if the vault is not open, the file cannot be read, or there is no vault to ask; the message says what
     *     to do
     */
    public synchronized Optional<byte[]> read() throws IOException {
        if (inFile()) {
            return Optional.of(content());
        }
        return noted(vault.get()
                .orElseThrow(() -> new IOException("There is no " + file
                        + ", and the vault that may have its content is not running; hw:doctor says why")));
    }

    /** Keeps a value: in the vault if it opens, else in the file. */
    public synchronized void write(byte[] value) throws IOException {
        Optional<SealedNotes> notes = vault.get();
        if (notes.isPresent()) {
            try {
                keep(notes.get(), value);
                wipe();
                return;
            } catch (VaultException e) {
                // Better kept in a file than not at all; it goes into the vault when that is open.
            }
        }
        writeFile(value);
    }

    /** Keeps a value in the file, whether or not there is a vault. */
    public synchronized void writeFile(byte[] value) throws IOException {
        Path folder = folder();
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path next = folder.resolve(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        try (var channel = FileChannel.open(
                next,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            writeAll(channel, value);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(folder);
    }

    /**
     * Puts the file's content into the vault and removes the file.
     *
     * @return whether there was a file
     * @throws IOException if the vault is not open, or does not give back what it was given; the file stays then
     */
    public synchronized boolean moveToVault() throws IOException {
        Optional<SealedNotes> notes = vault.get();
        if (notes.isEmpty() || !inFile()) {
            return false;
        }
        byte[] value = content();
        try {
            keep(notes.get(), value);
        } catch (VaultException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
        wipe();
        return true;
    }

    private void keep(SealedNotes notes, byte[] value) throws IOException, VaultException {
        try (Secret secret = Secret.ofBytes(value)) {
            notes.write(note, secret);
        }
        byte[] kept = noted(notes).orElse(new byte[0]);
        boolean same = Arrays.equals(kept, value);
        Arrays.fill(kept, (byte) 0);
        if (!same) {
            throw new IOException("The vault does not give back what it was given for " + note);
        }
    }

    private Optional<byte[]> noted(SealedNotes notes) throws IOException {
        try {
            Optional<Secret> secret = notes.read(note);
            if (secret.isEmpty()) {
                return Optional.empty();
            }
            try (Secret open = secret.get()) {
                return Optional.of(open.reveal());
            }
        } catch (VaultException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private byte[] content() throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is not a regular file");
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new IOException(file + " is longer than " + MOST_BYTES + " bytes");
            }
            return content;
        }
    }

    /** Overwritten before it goes; a copy that the disk made by itself is out of reach. */
    private void wipe() throws IOException {
        if (!inFile()) {
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            writeAll(channel, new byte[(int) Math.min(channel.size(), MOST_BYTES)]);
        }
        Files.delete(file);
        force(folder());
    }

    private Path folder() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is in no folder");
        }
        return folder;
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
    }

    private static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
