package org.hearthwatch.alert.rule;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Paths with {@code *}, {@code ?} and {@code [...]} in their parts, as shells know them. */
public final class FilePattern {

    private FilePattern() {}

    /**
     * The files that match, sorted; a path without a pattern matches itself if it exists.
     *
     * @throws IOException if a folder cannot be read, or the pattern is none
     */
    public static List<Path> matching(Path pattern) throws IOException {
        Path root = pattern.getRoot();
        List<Path> found = new ArrayList<>(List.of(root == null ? Path.of("") : root));
        for (Path part : pattern) {
            found = step(found, part.toString());
        }
        return found.stream()
                .filter(path -> !path.toString().isEmpty())
                .sorted()
                .toList();
    }

    private static List<Path> step(List<Path> folders, String part) throws IOException {
        var next = new ArrayList<Path>();
        boolean pattern = part.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
        PathMatcher matcher = matcher(part);
        for (Path folder : folders) {
            Path direct = folder.resolve(part);
            if (!pattern) {
                if (Files.exists(direct)) {
                    next.add(direct);
                }
            } else if (Files.isDirectory(folder.toString().isEmpty() ? Path.of(".") : folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> matcher.matches(file.getFileName())).forEach(next::add);
                }
            }
        }
        return next;
    }

    private static PathMatcher matcher(String part) throws IOException {
        try {
            // Braces are ordinary characters in these patterns.
            return FileSystems.getDefault()
                    .getPathMatcher("glob:" + part.replace("{", "\\{").replace("}", "\\}"));
        } catch (PatternSyntaxException e) {
            throw new IOException("syntax error in pattern", e);
        }
    }
}
