package org.hearthwatch.collector.external;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Process groups, as Linux tells them. */
final class Groups {

    /** The place of the group among what follows the program's name in {@code /proc/PID/stat}. */
    private static final int GROUP = 2;

    private Groups() {}

    /** The group of a process; 0 if it is gone. */
    static long of(long process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"), StandardCharsets.ISO_8859_1);
            // The name is in parentheses and may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[GROUP]);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
