package org.hearthwatch.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files a log consists of: those that are full, named by how many entries the log has at their end, then the one that is
 * written. The older of those that are full may be encrypted; such a file then ends in {@code .age}, and beside it lies the
 * {@link SegmentEnd}.
 */
final class Segments {

    static final String SEALED = ".age";

    private static final int NAME = "audit-000000000000.jsonl".length();
    private static final Pattern FULL = Pattern.compile("audit-\\d{12}\\.jsonl(\\.age)?");

    private Segments() {}

    /** What the file being written is called once it is full. */
    static Path full(Path folder, long entries) {
        return folder.resolve(String.format(Locale.ROOT, "audit-%012d.jsonl", entries));
    }

    /** All there are, in the order of their entries; of a file that is there plain and encrypted, the plain one. */
    static List<Path> of(Path folder) throws IOException {
        Map<String, Path> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> FULL.matcher(name(file)).matches())
                    .sorted()
                    .forEach(file -> all.putIfAbsent(name(file).substring(0, NAME), file));
        }
        Path live = folder.resolve(FileAuditLog.LOG);
        if (Files.exists(live, LinkOption.NOFOLLOW_LINKS) || all.isEmpty()) {
            all.put(FileAuditLog.LOG, live);
        }
        return List.copyOf(all.values());
    }

    static boolean isSealed(Path file) {
        return name(file).endsWith(SEALED);
    }

    /** Whether nothing is written to it any more. */
    static boolean isFull(Path file) {
        return FULL.matcher(name(file)).matches();
    }

    /** What a file that is full is called once it is encrypted. */
    static Path sealed(Path full) {
        return full.resolveSibling(name(full) + SEALED);
    }

    /** The file beside an encrypted one that says where it ends. */
    static Path end(Path full) {
        return full.resolveSibling(name(full).substring(0, NAME) + ".end");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
