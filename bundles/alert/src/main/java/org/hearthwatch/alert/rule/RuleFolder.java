package org.hearthwatch.alert.rule;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearthwatch.alert.yaml.FileVersion;
import org.hearthwatch.alert.yaml.Problem;
import org.hearthwatch.api.alert.RefusedRules;

/**
 * The rule files of a configuration folder: {@code rules/*.yml} and {@code rules/*.yaml}, and what a {@code prometheus.yml}
 * beside them names. A file that is wrong is refused whole, and what it said before goes on. Not thread-safe but for what
 * is {@linkplain #refused() refused}.
 */
public final class RuleFolder {

    /** Far beyond any house; a bound on what a pattern such as {@code /*} can make us read. */
    private static final int MOST_FILES = 1_000;

    private static final long LONGEST = 16 << 20;
    private static final String GLOBALS = "prometheus.yml";

    private final Path folder;
    private final RuleFileReader reader;
    private final InstantSource clock;
    private final Map<String, FileVersion> seen = new TreeMap<>();
    private final Map<String, RuleFile> files = new TreeMap<>();
    private final Map<String, RefusedRules> refusals = new TreeMap<>();
    private PrometheusGlobals globals = PrometheusGlobals.NONE;
    private volatile List<RefusedRules> refused = List.of();

    public RuleFolder(Path folder, RuleFileReader reader, InstantSource clock) {
        this.folder = folder;
        this.reader = reader;
        this.clock = clock;
    }

    /** The files in force, by name; those in the folder's {@code rules} relative to the folder. */
    public Map<String, RuleFile> files() {
        return new TreeMap<>(files);
    }

    /** What {@code prometheus.yml} says. */
    public PrometheusGlobals globals() {
        return globals;
    }

    /** Files that are not in force as they stand. */
    public List<RefusedRules> refused() {
        return refused;
    }

    /** Reads what is new or has changed; says whether anything else is in force now. */
    public boolean refresh() {
        boolean changed = refreshGlobals();
        Map<String, Path> found = find();
        for (Map.Entry<String, Path> file : found.entrySet()) {
            changed |= refresh(file.getKey(), file.getValue());
        }
        changed |= files.keySet().retainAll(found.keySet());
        found.put(GLOBALS, folder);
        refusals.keySet().retainAll(found.keySet());
        seen.keySet().retainAll(found.keySet());
        refused = List.copyOf(refusals.values());
        return changed;
    }

    private boolean refreshGlobals() {
        Path file = folder.resolve(GLOBALS);
        if (!Files.exists(file)) {
            boolean changed = !globals.equals(PrometheusGlobals.NONE);
            globals = PrometheusGlobals.NONE;
            refusals.remove(GLOBALS);
            seen.remove(GLOBALS);
            return changed;
        }
        if (!isNew(GLOBALS, file)) {
            return false;
        }
        try {
            PrometheusGlobals read = PrometheusGlobals.read(text(file));
            if (!read.problems().isEmpty()) {
                refuse(GLOBALS, read.problems());
                return false;
            }
            refusals.remove(GLOBALS);
            boolean changed = !read.equals(globals);
            globals = read;
            return changed;
        } catch (IOException e) {
            refuse(GLOBALS, unreadable(e));
            return false;
        }
    }

    private boolean refresh(String name, Path file) {
        if (!isNew(name, file)) {
            return false;
        }
        try {
            RuleFile read = reader.read(text(file));
            if (!read.isGood()) {
                refuse(name, read.problems());
                return false;
            }
            refusals.remove(name);
            return !read.equals(files.put(name, read));
        } catch (IOException e) {
            refuse(name, unreadable(e));
            return false;
        }
    }

    private void refuse(String name, List<Problem> problems) {
        Instant now = clock.instant();
        refusals.put(
                name,
                new RefusedRules(
                        name, now, problems.stream().map(Problem::toString).toList()));
    }

    private static List<Problem> unreadable(IOException e) {
        String reason = e instanceof CharacterCodingException ? "it is not UTF-8" : String.valueOf(e.getMessage());
        return List.of(Problem.of(Problem.Place.START, "cannot be read: " + reason, Problem.Kind.SYNTAX));
    }

    /** Whether it has changed; if it is gone again, or may not be looked at, reading it will say. */
    private boolean isNew(String name, Path file) {
        Optional<FileVersion> version = FileVersion.of(file);
        return version.isEmpty() || !version.get().equals(seen.put(name, version.get()));
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException("it is longer than " + LONGEST + " bytes");
        }
        return Files.readString(file);
    }

    private Map<String, Path> find() {
        var found = new TreeMap<String, Path>();
        var patterns = new ArrayList<>(List.of("rules/*.yml", "rules/*.yaml"));
        patterns.addAll(globals.ruleFiles());
        for (String pattern : patterns) {
            try {
                for (Path file : new TreeSet<>(
                        FilePattern.matching(folder.resolve(pattern).normalize()))) {
                    if (found.size() < MOST_FILES && Files.isRegularFile(file)) {
                        String name = file.startsWith(folder)
                                ? folder.relativize(file).toString()
                                : file.toString();
                        found.put(name, file);
                    }
                }
            } catch (IOException | InvalidPathException e) {
                refuse(
                        GLOBALS,
                        List.of(Problem.of(
                                Problem.Place.START,
                                pattern + " cannot be looked up: " + e.getMessage(),
                                Problem.Kind.VALUE)));
            }
        }
        return found;
    }
}
