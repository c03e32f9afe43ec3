package org.hearthwatch.plugin;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.hearthwatch.api.security.SignedNote;
import org.hearthwatch.plugin.jar.Digests;
import org.hearthwatch.plugin.jar.JarReader;
import org.hearthwatch.plugin.jar.PluginJar;
import org.hearthwatch.plugin.jar.Surroundings;
import org.hearthwatch.plugin.jar.UnfitJarException;
import org.hearthwatch.plugin.trust.FileClaim;
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

    private static final String JAR = ".jar";
    private static final int MOST_STRANGERS = 64;
    private static final Logger LOG = LoggerFactory.getLogger(FolderView.class);

    private final Path folder;
    private final Map<String, Seen> files = new TreeMap<>();
    private final Set<String> strangers = new TreeSet<>();
    private boolean unfinished;
    private int ignored;

    FolderView(Path folder) {
        this.folder = folder;
    }

    /** What distinguishes a file from an earlier one of its name without reading it. */
    private record Stamp(
            long size, FileTime modified, @Nullable Object key) {

        static final Stamp NONE = new Stamp(-1, FileTime.fromMillis(0), null);
    }

    /** Those of a jar and of the signature beside it. */
    private record Stamps(Stamp jar, Stamp signature) {}

    /** What reading a file gave. */
    sealed interface Content {
        /** A plugin. */
        record Fit(PluginJar jar) implements Content {}

        /** Something that cannot be one. */
        record Unfit(String reason) implements Content {}
    }

    /**
     * A file as it was read.
     *
     * @param signature what lies beside it; empty if nothing does
     */
    record Seen(String name, long size, String sha256, Content content, Optional<byte[]> signature, Object stamp) {}

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

    /** Files that are neither jars nor their signatures, which nothing is done with. */
    Set<String> strangers() {
        return Set.copyOf(strangers);
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
        Path signature = jar.resolveSibling(nameOf(jar) + FileClaim.SUFFIX);
        var before = new Stamps(stamp(jar), stampOrNone(signature));
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
            if (e.isIncomplete()
                    && before.jar().modified().toInstant().plus(PATIENCE).isAfter(now)) {
                unfinished = true;
                return false;
            }
            content = new Content.Unfit("The file " + e.getMessage());
            sha256 = Digests.of(jar);
        }
        Optional<byte[]> signed =
                before.signature().equals(Stamp.NONE) ? Optional.empty() : Optional.of(read(signature));
        if (!new Stamps(stamp(jar), stampOrNone(signature)).equals(before)) {
            // It changed while it was read: what was read may be half of each.
            unfinished = true;
            return false;
        }
        files.put(name, new Seen(name, before.jar().size(), sha256, content, signed, before));
        return known == null
                || !known.sha256().equals(sha256)
                || !Arrays.equals(known.signature().orElse(null), signed.orElse(null));
    }

    /** A little more than is allowed, so that whoever parses it says that it is too long. */
    private static byte[] read(Path signature) throws IOException {
        try (var in = Files.newInputStream(signature)) {
            return in.readNBytes(SignedNote.MOST_BYTES + 1);
        }
    }

    private static Stamp stampOrNone(Path file) throws IOException {
        return Files.isRegularFile(file) ? stamp(file) : Stamp.NONE;
    }

    private static boolean isUnderWay(String name) {
        return name.startsWith(".") || name.endsWith(".part") || name.endsWith(".tmp");
    }

    private List<Path> jars(int most) throws IOException {
        strangers.clear();
        List<Path> jars = new ArrayList<>();
        int found = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = nameOf(entry);
                if (!Files.isRegularFile(entry) || isUnderWay(name)) {
                    continue;
                }
                if (!name.endsWith(JAR)) {
                    if (!name.endsWith(JAR + FileClaim.SUFFIX) && strangers.size() < MOST_STRANGERS) {
                        strangers.add(name);
                    }
                    continue;
                }
                if (++found <= most || files.containsKey(nameOf(entry))) {
                    jars.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
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
