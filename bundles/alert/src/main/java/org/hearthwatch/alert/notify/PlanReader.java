package org.hearthwatch.alert.notify;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.config.ConfigFile;
import org.hearthwatch.alert.config.ConfigReader;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.alert.rule.FilePattern;
import org.hearthwatch.alert.yaml.FileVersion;
import org.hearthwatch.alert.yaml.Problem;

/** Makes plans of {@code alertmanager.yml} and its template files, or of the defaults where there is none. Not thread-safe. */
public final class PlanReader {

    private static final String FILE = "alertmanager.yml";
    private static final long LONGEST = 16 << 20;
    private static final int MOST_TEMPLATES = 100;

    private final Path folder;
    private final ChannelBook book;
    private final InstantSource clock;
    private final Map<Path, FileVersion> seen = new HashMap<>();

    /**
     * What was read.
     *
     * @param plan empty if anything is wrong
     * @param problems with the file's name, line and column
     */
    public record Result(Optional<Plan> plan, List<String> problems) {

        static Result refused(String problem) {
            return new Result(Optional.empty(), List.of(problem));
        }
    }

    /** @param folder with {@code alertmanager.yml} in it, or not */
    public PlanReader(Path folder, ChannelBook book, InstantSource clock) {
        this.folder = folder;
        this.book = book;
        this.clock = clock;
    }

    /** Whether there is a file. */
    public boolean hasFile() {
        return Files.exists(folder.resolve(FILE));
    }

    /** Whether the file, or one of its template files, is another than when it was read last. */
    public boolean isChanged() {
        if (hasFile() != seen.containsKey(folder.resolve(FILE))) {
            return true;
        }
        return seen.entrySet().stream()
                .anyMatch(entry -> !FileVersion.of(entry.getKey())
                        .filter(entry.getValue()::equals)
                        .isPresent());
    }

    /** A plan for a configuration that is in no file. */
    public Plan of(AlertmanagerConfig config, String source) {
        seen.clear();
        return new Plan(
                config,
                Route.root(config.route()),
                Map.of(DefaultConfig.EVERYTHING, book.everything(DefaultConfig.EVERYTHING)),
                TemplateFiles.DEFAULT,
                source,
                clock.instant());
    }

    /** Reads the file. */
    public Result read() {
        seen.clear();
        Path file = folder.resolve(FILE);
        String text;
        try {
            text = text(file);
        } catch (IOException e) {
            return Result.refused(FILE + ": " + reason(e));
        }
        ConfigFile read = ConfigReader.read(text, book.sections());
        if (read.config().isEmpty()) {
            return new Result(Optional.empty(), located(read.problems()));
        }
        AlertmanagerConfig config = read.config().get();
        List<Problem> problems = book.problems(config);
        if (!problems.isEmpty()) {
            return new Result(Optional.empty(), located(problems));
        }
        TemplateFiles templates;
        try {
            templates = templates(config);
        } catch (IOException | InvalidPathException e) {
            return Result.refused("templates of " + FILE + ": " + e.getMessage());
        }
        Optional<String> wrong = templates.problem();
        if (wrong.isPresent()) {
            return Result.refused(wrong.get());
        }
        return new Result(
                Optional.of(new Plan(
                        config,
                        Route.root(config.route()),
                        book.channels(config),
                        templates,
                        "etc/" + FILE,
                        clock.instant())),
                List.of());
    }

    private static List<String> located(List<Problem> problems) {
        return problems.stream().map(problem -> "etc/" + FILE + ":" + problem).toList();
    }

    private static String reason(IOException e) {
        return e instanceof CharacterCodingException ? "it is not UTF-8" : "cannot be read: " + e.getMessage();
    }

    private String text(Path file) throws IOException {
        FileVersion.of(file).ifPresent(version -> seen.put(file, version));
        if (Files.size(file) > LONGEST) {
            throw new IOException("it is longer than " + LONGEST + " bytes");
        }
        return Files.readString(file);
    }

    private TemplateFiles templates(AlertmanagerConfig config) throws IOException {
        var entries = new ArrayList<TemplateFiles.Entry>();
        for (String pattern : config.templates()) {
            for (Path file : FilePattern.matching(folder.resolve(pattern).normalize())) {
                if (entries.size() >= MOST_TEMPLATES) {
                    throw new IOException("more than " + MOST_TEMPLATES + " files");
                }
                entries.add(new TemplateFiles.Entry(String.valueOf(file.getFileName()), text(file)));
            }
        }
        return TemplateFiles.with(entries);
    }
}
