package org.hearthwatch.backup;

import java.io.IOException;
import java.util.List;

/**
 * Where a file may stand in an archive: {@code etc/...} for settings, {@code state/PART/...} for what a part keeps, {@code
 * samples/...} for a copy of the store. Nothing else is ever written by a restore.
 */
final class ArchivePath {

    static final String ETC = "etc";
    static final String STATE = "state";
    static final String SAMPLES = "samples";

    /** Not in a backup: what opens the vault of this machine, and what is of this moment. */
    static final List<String> LEFT_OUT = List.of("vault.key", "setup-link");

    /** Parts of the state that are not backed up as they are: the samples are copied by the store, the backups are backups. */
    static final List<String> PARTS_LEFT_OUT = List.of("store", "backup");

    private ArchivePath() {}

    static boolean isSample(String path) {
        return path.startsWith(SAMPLES + "/");
    }

    /** @throws IOException if a file may not stand there */
    static void check(String path) throws IOException {
        String[] parts = path.split("/", -1);
        boolean right = path.length() <= 250
                && switch (parts[0]) {
                    case ETC, SAMPLES -> parts.length > 1;
                    case STATE -> parts.length > 2 && !PARTS_LEFT_OUT.contains(parts[1]);
                    default -> false;
                };
        for (String part : parts) {
            right &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        right &= !LEFT_OUT.contains(parts[parts.length - 1]);
        if (!right || path.chars().anyMatch(c -> c < ' ' || c == '\\' || c == 0x7f)) {
            throw new IOException("it holds a file where none may stand: "
                    + path.substring(0, Math.min(path.length(), 100)).replaceAll("[^ -~]", "?"));
        }
    }
}
