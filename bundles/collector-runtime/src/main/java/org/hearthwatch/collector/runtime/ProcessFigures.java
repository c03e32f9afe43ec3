package org.hearthwatch.collector.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux knows of a process, read from its directory in /proc (proc(5)). */
final class ProcessFigures {

    /** What Go, and so every Prometheus exporter, reports for a limit that is none. */
    private static final double UNLIMITED = 0x1p64;

    private static final Pattern KILOBYTES = Pattern.compile("^(\\w+):\\s+(\\d+) kB$");
    private static final Pattern LIMIT = Pattern.compile("^(Max [a-z ]+?)\\s{2,}(\\d+|unlimited)\\s.*$");

    private final Path directory;

    ProcessFigures(Path directory) {
        this.directory = directory;
    }

    /** Memory in bytes by its name in {@code status}, such as {@code VmRSS}. */
    OptionalDouble memory(String name) throws IOException {
        return find("status", KILOBYTES, name, 1024);
    }

    /** A soft limit by its name in {@code limits}, such as {@code Max open files}. */
    OptionalDouble limit(String name) throws IOException {
        return find("limits", LIMIT, name, 1);
    }

    long openFiles() throws IOException {
        try (var files = Files.list(directory.resolve("fd"))) {
            return files.count();
        }
    }

    private OptionalDouble find(String file, Pattern line, String name, double unit) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve(file));
        for (String text : lines) {
            Matcher matcher = line.matcher(text);
            if (matcher.matches() && matcher.group(1).equals(name)) {
                String value = matcher.group(2);
                return OptionalDouble.of(value.equals("unlimited") ? UNLIMITED : Double.parseDouble(value) * unit);
            }
        }
        return OptionalDouble.empty();
    }
}
