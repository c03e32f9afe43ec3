package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.DiskFile;
import org.hearthwatch.store.disk.Quarantine;

/**
 * The manifests in the directory: one file each, {@code MANIFEST-<sequence>}, and {@code CURRENT} that names the one that
 * holds. A manifest is complete and on disk before {@code CURRENT} is replaced in one step, so there is always one whole
 * state of things. Not thread-safe.
 */
final class ManifestFiles {

    private static final String CURRENT = "CURRENT";
    private static final String PREFIX = "MANIFEST-";
    private static final String UNFINISHED = ".tmp";
    private static final String ROOT = "";
    private static final int LARGEST = 256 << 20;

    /** {@code CURRENT} has less than a tenth of that. */
    private static final int LARGEST_POINTER = 4096;

    private final Disk disk;
    private long newest;

    ManifestFiles(Disk disk) {
        this.disk = disk;
    }

    /**
     * What was found.
     *
     * @param manifest the newest readable one, or the empty one
     * @param doubtful whether it may not be the one that held last, so that blocks it does not name may count
     */
    record Loaded(Manifest manifest, boolean doubtful) {}

    /**
     * Reads the manifest that holds; where it cannot be read, the newest that can.
     *
     * @throws IOException if the directory cannot be read, or a newer version wrote it
     */
    Loaded load(List<Damage> damages) throws IOException {
        // A killed process may have left it to the system to write; what it says was replaced is removed now.
        disk.forceDirectory(ROOT);
        List<Long> found = sequences();
        newest = found.isEmpty() ? 0 : found.get(0);
        boolean pointed = disk.exists(CURRENT);
        Optional<Long> current = current(damages);
        if (current.isPresent()) {
            Optional<Manifest> manifest = read(current.get(), damages);
            if (manifest.isPresent()) {
                return new Loaded(manifest.get(), false);
            }
        }
        for (long sequence : found) {
            if (current.isEmpty() || current.get() != sequence) {
                Optional<Manifest> manifest = read(sequence, damages);
                if (manifest.isPresent()) {
                    // The first goes when a third holds; until then CURRENT may never have been on disk.
                    boolean unused = !pointed && sequence == newest && found.contains(1L);
                    tellFallback(manifest.get(), unused, damages);
                    return new Loaded(manifest.get(), true);
                }
            }
        }
        return new Loaded(Manifest.EMPTY, true);
    }

    private void tellFallback(Manifest manifest, boolean unused, List<Damage> damages) {
        if (unused) {
            damages.add(new Damage(
                    "The first list of blocks in " + disk.location()
                            + " was not put to use before the store stopped; it holds from now on",
                    true));
            return;
        }
        damages.add(new Damage(
                "The list of blocks in " + disk.location() + " was taken from " + nameOf(manifest.sequence())
                        + " and from the blocks themselves; samples deleted since may be there again",
                false));
    }

    private List<Long> sequences() throws IOException {
        var found = new ArrayList<Long>();
        for (String file : disk.list(ROOT)) {
            if (file.startsWith(PREFIX) || file.startsWith(CURRENT)) {
                if (file.endsWith(UNFINISHED)) {
                    disk.delete(file);
                } else {
                    sequenceOf(file).ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.reverseOrder());
        return found;
    }

    private Optional<Long> current(List<Damage> damages) throws IOException {
        if (!disk.exists(CURRENT)) {
            return Optional.empty();
        }
        if (disk.size(CURRENT) > LARGEST_POINTER) {
            damages.add(new Damage(
                    "The file " + disk.location() + '/' + CURRENT + " is damaged; "
                            + new Quarantine(disk).move(CURRENT),
                    false));
            return Optional.empty();
        }
        byte[] content = disk.read(CURRENT);
        Optional<Long> sequence = sequenceIn(content);
        if (sequence.isPresent()) {
            return sequence;
        }
        damages.add(new Damage(
                "The file " + disk.location() + '/' + CURRENT + " is damaged; "
                        + new Quarantine(disk).keep(CURRENT, content, 0, content.length),
                false));
        return Optional.empty();
    }

    /** The sequence that the content of {@code CURRENT} says, if it is right. */
    private static Optional<Long> sequenceIn(byte[] content) {
        String[] words = new String(content, StandardCharsets.US_ASCII).trim().split(" ", -1);
        return words.length == 2 && words[1].equals(sumOf(words[0])) ? sequenceOf(words[0]) : Optional.empty();
    }

    /** Says what is wrong with the manifest that holds, changing nothing. */
    void check(Consumer<String> problem) throws IOException {
        if (newest == 0) {
            return;
        }
        if (!disk.exists(CURRENT)) {
            problem.accept(CURRENT + " is missing");
            return;
        }
        Optional<Long> sequence =
                disk.size(CURRENT) > LARGEST_POINTER ? Optional.empty() : sequenceIn(disk.read(CURRENT));
        if (sequence.isEmpty()) {
            problem.accept(CURRENT + " is damaged");
            return;
        }
        String name = nameOf(sequence.get());
        if (!disk.exists(name)) {
            problem.accept(name + " is missing");
        } else if (ManifestFormat.read(disk.read(name), disk.location() + '/' + name, sequence.get())
                .isEmpty()) {
            problem.accept(name + " is damaged");
        }
    }

    private Optional<Manifest> read(long sequence, List<Damage> damages) throws IOException {
        String name = nameOf(sequence);
        if (!disk.exists(name)) {
            damages.add(new Damage("The file " + disk.location() + '/' + name + " is missing", false));
            return Optional.empty();
        }
        byte[] content = disk.size(name) > LARGEST ? new byte[0] : disk.read(name);
        Optional<Manifest> manifest = ManifestFormat.read(content, disk.location() + '/' + name, sequence);
        if (manifest.isEmpty()) {
            damages.add(new Damage(
                    "The file " + disk.location() + '/' + name + " is damaged; "
                            + new Quarantine(disk).keep(name, content, 0, content.length),
                    false));
        }
        return manifest;
    }

    /** The sequence the next manifest must have. */
    long nextSequence() {
        return newest + 1;
    }

    /**
     * Lets a manifest hold from now on.
     *
     * @throws IOException if that may or may not have happened: what either it or the one before names must stay
     */
    void write(Manifest manifest, long now) throws IOException {
        String name = nameOf(manifest.sequence());
        newest = Math.max(newest, manifest.sequence());
        put(name, ManifestFormat.write(manifest, now));
        put(CURRENT, pointerTo(name));
        disk.forceDirectory(ROOT);
        // The one before stays for the day this one cannot be read.
        for (String file : disk.list(ROOT)) {
            Optional<Long> sequence = sequenceOf(file);
            if (sequence.isPresent() && sequence.get() < manifest.sequence() - 1) {
                disk.delete(file);
            }
        }
    }

    /** Writes a manifest and the file that names it for a copy of the directory. */
    void copy(Manifest manifest, long now, BlockStore.FileTaker into) throws IOException {
        String name = nameOf(manifest.sequence());
        into.write(name, ManifestFormat.write(manifest, now));
        into.write(CURRENT, pointerTo(name));
    }

    private static ByteBuffer pointerTo(String name) {
        return ByteBuffer.wrap((name + ' ' + sumOf(name) + '\n').getBytes(StandardCharsets.US_ASCII));
    }

    private void put(String name, ByteBuffer content) throws IOException {
        disk.delete(name + UNFINISHED);
        try (DiskFile file = disk.create(name + UNFINISHED)) {
            file.write(content);
            file.force();
        }
        disk.rename(name + UNFINISHED, name);
    }

    private static String sumOf(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    private static String nameOf(long sequence) {
        return PREFIX + String.format(Locale.ROOT, "%06d", sequence);
    }

    private static Optional<Long> sequenceOf(String name) {
        String digits = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
        boolean number =
                !digits.isEmpty() && digits.length() < 19 && digits.chars().allMatch(Character::isDigit);
        return number ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }
}
