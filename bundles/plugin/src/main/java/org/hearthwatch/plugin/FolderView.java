package org.hearthwatch.plugin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hearthwatch.plugin.jar.Digests;
import org.hearthwatch.plugin.jar.JarReader;
import org.hearthwatch.plugin.jar.PluginJar;
import org.hearthwatch.plugin.jar.Surroundings;
import org.hearthwatch.plugin.jar.UnfitJarException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars in the folder as they were at the last look. A file is read again only when its size, time or identity changed. One
 * that is being copied has no valid end yet: it is waited for as long as it changes, and then called damaged. Not
 * thread-safe.
 */
final class FolderView {

    /** For how long a file without a valid end counts as still being written after its last change. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(FolderView.class);

    private final Path folder;
    private final Map<String, Seen> files = new TreeMap<>();
    private boolean unfinished;
    private int ignored;

    FolderView(Path folder) {
        this.folder = folder;
    }

    /** What distinguishes a file from an earlier one of its name without reading it. */
    private record Stamp(
            long size, FileTime modified, @Nullable Object key) {}

    /** What reading a file gave. */
    sealed interface Content {
        /** A plugin. */
        record Fit(PluginJar jar) implements Content {}

        /** Something that cannot be one. */
        record Unfit(String reason) implements Content {}
    }

    /** A file as it was read. */
    record Seen(String name, String sha256, Content content, Object stamp) {}

    /**
     * Looks again.
     *
     * @return whether anything changed
     */
    boolean look(Settings settings, Supplier<Surroundings> surroundings, Instant now) throws IOException {
        List<Path> jars = jars(settings.maxFiles());
        boolean changed = files.keySet()
                .removeIf(name -> jars.stream().noneMatch(jar -> nameOf(jar).equals(name)));
        unfinished = false;
        for (Path jar : jars) {
            try {
                changed |= look(jar, settings, surroundings, now);
            } catch (NoSuchFileException e) {
                changed |= files.remove(nameOf(jar)) != null;
            }
        }
        return changed;
    }

    /** The files of the last look, by name. */
    Collection<Seen> files() {
        return files.values();
    }

    /** Whether a file was still being written, so that it pays to look again soon. */
    boolean isUnfinished() {
        return unfinished;
    }

    /** How many jars were left alone because there are too many. */
    int ignored() {
        return ignored;
    }

    private boolean look(Path jar, Settings settings, Supplier<Surroundings> surroundings, Instant now)
            throws IOException {
        Stamp before = stamp(jar);
        String name = nameOf(jar);
        Seen known = files.get(name);
        if (known != null && known.stamp().equals(before)) {
            return false;
        }
        Content content;
        String sha256;
        try {
            content = new Content.Fit(JarReader.read(jar, settings.maxFileBytes(), surroundings.get()));
            sha256 = Digests.of(jar);
        } catch (UnfitJarException e) {
            if (e.isIncomplete() && before.modified().toInstant().plus(PATIENCE).isAfter(now)) {
                unfinished = true;
                return false;
            }
            content = new Content.Unfit("The file " + e.getMessage());
            sha256 = Digests.of(jar);
        }
        if (!stamp(jar).equals(before)) {
            // It changed while it was read: what was read may be half of each.
            unfinished = true;
            return false;
        }
        files.put(name, new Seen(name, sha256, content, before));
        return known == null || !known.sha256().equals(sha256);
    }

    private List<Path> jars(int most) throws IOException {
        List<Path> jars = new ArrayList<>();
        int found = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path entry : entries) {
                if (nameOf(entry).startsWith(".") || !Files.isRegularFile(entry)) {
                    continue;
                }
                if (++found <= most || files.containsKey(nameOf(entry))) {
                    jars.add(entry);
                }
            }
        }
        int left = found - jars.size();
        if (left > ignored) {
            LOG.warn(
                    "{} holds more than {} jars (maxFiles in etc/org.hearthwatch.plugin.cfg); {} are left alone",
                    folder,
                    most,
                    left);
        }
        ignored = left;
        return jars;
    }

    private static Stamp stamp(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    private static String nameOf(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}
