package org.hearthwatch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Archives that wait for their signature, because the vault was sealed when they were made: for each, in a file of its name,
 * the text to be signed as it was then. What is put in the archive's place meanwhile does not become signed by that.
 */
final class Unsigned {

    private final Path folder;

    Unsigned(Places places) {
        folder = places.own().resolve("to-sign");
    }

    void add(Path archive, String text) throws IOException {
        Places.makeFolder(folder);
        Places.replace(folder.resolve(archive.getFileName()), text);
    }

    List<Path> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> !String.valueOf(file.getFileName()).endsWith(".next"))
                    .sorted()
                    .toList();
        }
    }
}
