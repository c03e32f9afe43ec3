package org.hearthwatch.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads an archive against its manifest, which comes first: the files it names, in its order, each with the size and the hash it
 * says, and nothing else.
 */
final class Unpacking {

    private Unpacking() {}

    /** What an archive says it holds. */
    static Manifest manifest(TarReader tar) throws IOException {
        Optional<TarReader.Entry> first = tar.next();
        if (first.isEmpty() || !first.get().path().equals(Manifest.PATH)) {
            throw new IOException("it does not begin with its manifest");
        }
        if (first.get().size() > Manifest.MOST_BYTES) {
            throw new IOException("its manifest is longer than " + Manifest.MOST_BYTES + " bytes");
        }
        return Manifest.decode(tar.content().readAllBytes());
    }

    /**
     * Reads all of it.
     *
     * @param folder where the files go; empty: only reads
     */
    static Manifest all(InputStream in, Optional<Path> folder) throws IOException {
        var tar = new TarReader(in);
        Manifest manifest = manifest(tar);
        if (folder.isPresent()) {
            long free = Files.getFileStore(folder.get()).getUsableSpace();
            if (manifest.bytes() > free) {
                throw new IOException("it needs " + manifest.bytes() + " bytes, and " + folder.get() + " has " + free);
            }
        }
        for (Manifest.Item item : manifest.files()) {
            Optional<TarReader.Entry> entry = tar.next();
            if (entry.isEmpty()) {
                throw new IOException(item.path() + " is missing in it");
            }
            if (!entry.get().path().equals(item.path())) {
                throw new IOException(
                        "it holds " + shown(entry.get().path()) + " where its manifest names " + item.path());
            }
            if (entry.get().size() != item.size()) {
                throw new IOException(
                        item.path() + " has " + entry.get().size() + " bytes, its manifest says " + item.size());
            }
            MessageDigest digest = Signature.sha256();
            var content = new DigestInputStream(tar.content(), digest);
            if (folder.isPresent()) {
                write(content, folder.get().resolve(item.path()));
            } else {
                content.transferTo(OutputStream.nullOutputStream());
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(item.sha256())) {
                throw new IOException(item.path() + " is not as its manifest says: it was changed");
            }
        }
        Optional<TarReader.Entry> more = tar.next();
        if (more.isPresent()) {
            throw new IOException("it holds " + shown(more.get().path()) + ", which its manifest does not name");
        }
        if (folder.isPresent()) {
            write(new ByteArrayInputStream(manifest.encode()), folder.get().resolve(Manifest.PATH));
        }
        return manifest;
    }

    private static String shown(String path) {
        return path.substring(0, Math.min(path.length(), 100)).replaceAll("[^ -~]", "?");
    }

    private static void write(InputStream content, Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Places.makeFolder(parent);
        }
        try (FileChannel channel = Places.create(file);
                OutputStream out = Channels.newOutputStream(channel)) {
            content.transferTo(out);
            channel.force(true);
        }
        if (parent != null) {
            Places.force(parent);
        }
    }
}
