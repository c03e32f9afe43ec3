package org.hearthwatch.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files a log consists of: those that are full, named by how many entries the log has at their end, then the one that is
 * written.
 */
final class Segments {

    private static final Pattern FULL = Pattern.compile("audit-\\d{12}\\.jsonl");

    private Segments() {}

    /** What the file being written is called once it is full. */
    static Path full(Path folder, long entries) {
        return folder.resolve(String.format(Locale.ROOT, "audit-%012d.jsonl", entries));
    }

    /** All there are, in the order of their entries. */
    static List<Path> of(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file ->
                            FULL.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .forEach(all::add);
        }
        Path live = folder.resolve(FileAuditLog.LOG);
        if (Files.exists(live, LinkOption.NOFOLLOW_LINKS) || all.isEmpty()) {
            all.add(live);
        }
        return all;
    }
}
