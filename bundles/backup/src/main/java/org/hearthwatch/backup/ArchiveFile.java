package org.hearthwatch.backup;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.backup.age.AgeFile;
import org.hearthwatch.backup.age.Recipient;

/** An archive while it is made: written beside its place, signed, then put there. Closed before that, it leaves nothing. */
final class ArchiveFile implements AutoCloseable {

    static final String PLAIN = "";
    static final String SAMPLES = "-samples";
    static final String UPGRADE = "-upgrade";
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);
    static final String SIGNED = ".sig";

    private static final String END = ".tar.age";
    private static final String UNFINISHED = ".next";

    private final Places places;
    private final Path folder;
    private final Instant moment;
    private final Path file;
    private final Path unfinished;
    private boolean finished;

    ArchiveFile(Places places, Path folder, Instant moment, String kind) {
        this.places = places;
        this.folder = folder;
        this.moment = moment;
        this.file = folder.resolve("hearthwatch-" + TIME.format(moment.atOffset(ZoneOffset.UTC)) + kind + END);
        this.unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    static boolean isOfUpgrade(String name) {
        return name.endsWith(UPGRADE + END);
    }

    Path file() {
        return file;
    }

    /** @return what is to be signed */
    String write(
            Optional<StoreAdmin> samples,
            String version,
            Supplier<Optional<Manifest.VaultCount>> vault,
            List<Recipient> recipients,
            SecureRandom random)
            throws IOException {
        Path work = places.own().resolve("work");
        try {
            Places.delete(work);
            Places.makeFolder(folder);
            sweep();
            Manifest manifest = new Gathering(places, work).gather(samples, moment, version, vault);
            write(manifest, work, recipients, random);
        } finally {
            deleteQuietly(work);
        }
        return Signature.text(String.valueOf(file.getFileName()), Files.size(unfinished), Gathering.hash(unfinished));
    }

    /** Removes the piece of one that was under way when the process before ended. */
    private void sweep() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path piece : all.filter(file -> String.valueOf(file.getFileName())
                            .matches("hearthwatch-.*" + Pattern.quote(END + UNFINISHED)))
                    .toList()) {
                Files.deleteIfExists(piece);
            }
        }
    }

    private static void deleteQuietly(Path work) {
        try {
            Places.delete(work);
        } catch (IOException e) {
            // The next one deletes it first.
        }
    }

    void sign(String note) throws IOException {
        note(signature(), note);
    }

    private Path signature() {
        return file.resolveSibling(file.getFileName() + SIGNED);
    }

    static void note(Path place, String note) throws IOException {
        Places.replace(place, note);
    }

    void finish() throws IOException {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
        Places.force(folder);
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(signature());
        }
    }

    private void write(Manifest manifest, Path from, List<Recipient> recipients, SecureRandom random)
            throws IOException {
        try (FileChannel channel = Places.create(unfinished)) {
            var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            OutputStream encrypted = AgeFile.encrypt(new Unclosed(out), recipients, random);
            try (var tar = new TarWriter(encrypted)) {
                long seconds = manifest.created().getEpochSecond();
                byte[] head = manifest.encode();
                tar.file(Manifest.PATH, head.length, seconds, new ByteArrayInputStream(head));
                for (Manifest.Item item : manifest.files()) {
                    try (InputStream in = Files.newInputStream(from.resolve(item.path()))) {
                        tar.file(item.path(), item.size(), seconds, in);
                    }
                }
            }
            out.flush();
            channel.force(true);
        }
    }

    /** The file is closed by whoever makes it durable first. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
