package org.hearthwatch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hearthwatch.api.store.StoreAdmin;

/**
 * Copies what belongs in a backup to a folder where nobody changes it any more. The audit log comes before the vault, and its
 * key before its lines: what is copied later may be newer, never older than what vouches for it.
 */
final class Gathering {

    private static final String AUDIT = "audit";
    private static final String AUDIT_KEY = "key";

    private final Places places;
    private final Path folder;

    Gathering(Places places, Path folder) {
        this.places = places;
        this.folder = folder;
    }

    Manifest gather(Optional<StoreAdmin> samples, Instant now, String version, Supplier<Optional<Manifest.VaultCount>> vault)
            throws IOException {
        Optional<Manifest.VaultCount> before = vault.get();
        Places.makeFolder(folder);
        copy(places.etc(), folder.resolve(ArchivePath.ETC));
        for (Path part : parts()) {
            Path target = folder.resolve(ArchivePath.STATE).resolve(part.getFileName());
            if (part.endsWith(AUDIT) && Files.isRegularFile(part.resolve(AUDIT_KEY))) {
                Places.makeFolder(target);
                Files.copy(part.resolve(AUDIT_KEY), target.resolve(AUDIT_KEY));
            }
            copy(part, target);
        }
        if (samples.isPresent()) {
            samples.get().snapshot(folder.resolve(ArchivePath.SAMPLES));
        }
        // A vault written meanwhile is copied whole, but nobody knows which of the two counts is its.
        Optional<Manifest.VaultCount> count = before.equals(vault.get()) ? before : Optional.empty();
        return new Manifest(now, version, count, items(folder, true), plugins());
    }

    private List<Path> parts() throws IOException {
        if (!Files.isDirectory(places.state())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(places.state())) {
            return all.filter(Files::isDirectory)
                    .filter(part -> !ArchivePath.PARTS_LEFT_OUT.contains(String.valueOf(part.getFileName())))
                    .sorted(Comparator.comparing((Path part) -> !part.endsWith(AUDIT))
                            .thenComparing(Path::toString))
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                Places.makeFolder(to.resolve(from.relativize(each)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = String.valueOf(file.getFileName());
                Path target = to.resolve(from.relativize(file));
                // Links lead elsewhere, and what is being replaced at this moment is a piece.
                if (attributes.isRegularFile()
                        && !ArchivePath.LEFT_OUT.contains(name)
                        && !name.endsWith(".next")
                        && !Places.exists(target)) {
                    try {
                        Files.copy(file, target);
                    } catch (NoSuchFileException e) {
                        // Deleted while the folder was read: then it is not part of it any more.
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private List<Manifest.Item> plugins() throws IOException {
        return Files.isDirectory(places.plugins()) ? items(places.plugins(), false) : List.of();
    }

    private static List<Manifest.Item> items(Path root, boolean check) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        List<Manifest.Item> items = new ArrayList<>();
        for (Path file : files) {
            String path = root.relativize(file).toString();
            if (check) {
                ArchivePath.check(path);
            }
            items.add(new Manifest.Item(path, Files.size(file), hash(file)));
        }
        if (items.size() > Manifest.MOST_FILES) {
            throw new IOException("there are more than " + Manifest.MOST_FILES + " files to back up");
        }
        return items;
    }

    static String hash(Path file) throws IOException {
        MessageDigest digest = Signature.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
