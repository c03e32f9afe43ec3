package org.hearthwatch.alert.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.alert.yaml.Problem;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.AlertingRefusal.Kind;
import org.hearthwatch.api.alert.RuleFiles;

/** Rule files in a folder, and beside it a folder with their versions, one file each. Thread-safe. */
public final class RuleShelf implements RuleFiles {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.ya?ml");
    private static final int LONGEST = 4 << 20;
    private static final int MOST_VERSIONS = 100;

    private final Path rules;
    private final Path versions;
    private final RuleFileReader reader;
    private final InstantSource clock;

    /**
     * Files.
     *
     * @param rules the folder with the files; made when needed
     * @param versions where their versions are kept; made when needed
     */
    public RuleShelf(Path rules, Path versions, RuleFileReader reader, InstantSource clock) {
        this.rules = rules;
        this.versions = versions;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public List<Entry> list() {
        if (!Files.isDirectory(rules)) {
            return List.of();
        }
        var entries = new ArrayList<Entry>();
        try (Stream<Path> files = Files.list(rules)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".yml") || name.endsWith(".yaml")) {
                    entries.add(new Entry(
                            name,
                            Files.size(file),
                            Files.getLastModifiedTime(file).toInstant()));
                }
            }
        } catch (IOException e) {
            // A file has gone in this moment; those found so far are shown.
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    private Path file(String name) throws AlertingRefusal {
        if (!NAME.matcher(name).matches()) {
            throw new AlertingRefusal(
                    Kind.INVALID,
                    "\"" + name
                            + "\" is no name for a rule file; it takes letters, digits, dots, dashes and underscores,"
                            + " and ends in .yml");
        }
        return rules.resolve(name);
    }

    private Path existing(String name) throws AlertingRefusal {
        Path file = file(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new AlertingRefusal(Kind.NOT_FOUND, "There is no rule file " + name);
        }
        return file;
    }

    @Override
    public String read(String name) throws AlertingRefusal {
        Path file = existing(name);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AlertingRefusal(Kind.FAILED, name + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public List<String> check(String text) {
        if (text.length() > LONGEST) {
            return List.of("1:1: more than " + LONGEST + " characters");
        }
        return reader.read(text).problems().stream().map(Problem::toString).toList();
    }

    @Override
    public synchronized void write(String name, String text, String by, String comment) throws AlertingRefusal {
        Path file = file(name);
        List<String> problems = check(text);
        if (!problems.isEmpty()) {
            throw new AlertingRefusal(Kind.INVALID, name + ":" + String.join("; " + name + ":", problems));
        }
        try {
            Files.createDirectories(rules);
            keepForeign(name, file);
            Path fresh = rules.resolve("." + name + ".new");
            Files.writeString(fresh, text);
            keep(name, by, comment, Optional.of(text));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AlertingRefusal(Kind.FAILED, name + " could not be written: " + e.getMessage());
        }
    }

    @Override
    public synchronized void delete(String name, String by, String comment) throws AlertingRefusal {
        Path file = existing(name);
        try {
            keepForeign(name, file);
            keep(name, by, comment, Optional.empty());
            Files.delete(file);
        } catch (IOException e) {
            throw new AlertingRefusal(Kind.FAILED, name + " could not be deleted: " + e.getMessage());
        }
    }

    /** Keeps what somebody wrote with an editor before it is replaced. */
    private void keepForeign(String name, Path file) throws IOException, AlertingRefusal {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Optional<String> current = Optional.of(Files.readString(file));
        List<Version> known = history(name);
        if (known.isEmpty() || !known.get(0).text().equals(current)) {
            keep(name, "-", "as found", current);
        }
    }

    private void keep(String name, String by, String comment, Optional<String> text)
            throws IOException, AlertingRefusal {
        List<Version> known = history(name);
        int number = known.isEmpty() ? 1 : known.get(0).number() + 1;
        Path folder = Files.createDirectories(versions.resolve(name));
        ObjectNode node = Json.object();
        node.put("number", number)
                .put("at", clock.instant().toString())
                .put("by", by)
                .put("comment", comment);
        text.ifPresent(content -> node.put("text", content));
        Path fresh = folder.resolve("new");
        Files.writeString(fresh, Json.text(node));
        Files.move(fresh, folder.resolve(number + ".json"), StandardCopyOption.ATOMIC_MOVE);
        for (Version old : known.subList(Math.min(MOST_VERSIONS - 1, known.size()), known.size())) {
            Files.deleteIfExists(folder.resolve(old.number() + ".json"));
        }
    }

    @Override
    public List<Version> history(String name) throws AlertingRefusal {
        String checked = String.valueOf(file(name).getFileName());
        Path folder = versions.resolve(checked);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var found = new ArrayList<Version>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                found.add(version(Json.parse(Files.readString(each, StandardCharsets.UTF_8))));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new AlertingRefusal(Kind.FAILED, "The versions of " + name + " cannot be read: " + e.getMessage());
        }
        found.sort(Comparator.comparing(Version::number).reversed());
        return found;
    }

    private static Version version(JsonNode node) {
        return new Version(
                node.path("number").asInt(),
                Json.instant(node.path("at")),
                node.path("by").asText(),
                node.path("comment").asText(),
                node.has("text") ? Optional.of(node.path("text").asText()) : Optional.empty());
    }
}
