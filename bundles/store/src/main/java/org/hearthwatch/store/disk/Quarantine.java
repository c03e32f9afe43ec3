package org.hearthwatch.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Keeps copies of what could not be read, so that nothing disappears unseen. */
public final class Quarantine {

    private static final String FOLDER = "quarantine";
    private static final long MOST_BYTES = 256L << 20;

    private final Disk disk;

    public Quarantine(Disk disk) {
        this.disk = disk;
    }

    /**
     * Moves a whole file.
     *
     * @return where it is now, or why it was not moved, as the end of a sentence for people
     */
    public String move(String name) {
        String begin = FOLDER + '/' + name.replace('/', '-');
        String to = nameOf(begin, 1);
        for (int i = 2; disk.exists(to); i++) {
            to = nameOf(begin, i);
        }
        try {
            disk.makeFolder(FOLDER);
            disk.rename(name, to);
            disk.forceDirectory(FOLDER);
            return "it is in " + to + " now";
        } catch (IOException e) {
            return "it could not be moved to " + to + ": " + e.getMessage();
        }
    }

    /** The name of the first that is called so, or of a later one that is not the same. */
    private static String nameOf(String begin, int number) {
        return begin + (number == 1 ? "" : "-" + number) + ".bad";
    }

    /** The names of what is kept. */
    public List<String> kept() throws IOException {
        return disk.list(FOLDER).stream().map(file -> FOLDER + '/' + file).toList();
    }

    /**
     * Copies a part of a file; once, however often it is found.
     *
     * @return where the copy is, or why there is none, as the end of a sentence for people
     */
    public String keep(String name, byte[] content, int from, int to) {
        String begin = FOLDER + '/' + name.replace('/', '-') + '-' + from;
        String copy = nameOf(begin, 1);
        try {
            for (int i = 2; disk.exists(copy); i++) {
                if (Arrays.equals(disk.read(copy), Arrays.copyOfRange(content, from, to))) {
                    return "a copy is in " + copy;
                }
                copy = nameOf(begin, i);
            }
            disk.makeFolder(FOLDER);
            long held = 0;
            for (String file : disk.list(FOLDER)) {
                held += disk.size(FOLDER + '/' + file);
            }
            if (held + to - from > MOST_BYTES) {
                return "no copy was made because " + FOLDER + " is full; remove what you no longer need there";
            }
            try (DiskFile file = disk.create(copy)) {
                file.write(ByteBuffer.wrap(content, from, to - from));
                file.force();
            }
            disk.forceDirectory(FOLDER);
            return "a copy is in " + copy;
        } catch (IOException e) {
            return "no copy could be made: " + e.getMessage();
        }
    }
}
