package org.hearthwatch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearthwatch.api.secret.SealedFiles;

/**
 * Encrypts log files that are full. First each gets a name the logging does not know, after the time of its last line, so that
 * it is not moved on while it is read.
 */
public final class OldLogs {

    /** As many as the logging keeps plain ones. */
    static final int MOST = 5;

    private static final Pattern FULL = Pattern.compile("hearthwatch\\.log\\.\\d+");
    private static final Pattern NAMED = Pattern.compile("hearthwatch-\\d{8}T\\d{9}Z\\.log");
    private static final Pattern SEALED = Pattern.compile(NAMED.pattern() + "\\.age");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final SealedFiles files;

    public OldLogs(Path folder, SealedFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /**
     * Encrypts what is full, and removes the oldest of more than {@value #MOST}.
     *
     * @return how many were encrypted
     * @throws IOException if one could not be; it stays plain, for the next time
     */
    public int seal() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        for (Path full : all(FULL)) {
            String time = TIME.format(Files.getLastModifiedTime(full).toInstant());
            Path named = folder.resolve("hearthwatch-" + time + ".log");
            if (!Places.exists(named)) {
                Files.move(full, named);
            }
        }
        List<Path> named = all(NAMED);
        for (Path plain : named) {
            files.seal(plain, plain.resolveSibling(plain.getFileName() + ".age"));
            Files.delete(plain);
        }
        List<Path> sealed = all(SEALED);
        for (Path old : sealed.subList(0, Math.max(0, sealed.size() - MOST))) {
            Files.delete(old);
        }
        return named.size();
    }

    /** In the order of their names, which is that of time. */
    private List<Path> all(Pattern names) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            names.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        }
    }
}
