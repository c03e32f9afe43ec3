package org.hearthwatch.collector.runtime.doctor;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.hearthwatch.api.health.Finding;

/** Looks for configuration files that cannot be read at all, so that their settings are not in force. */
public final class ConfigurationFiles {

    private static final long LARGEST = 1024 * 1024;

    private final Path directory;

    public ConfigurationFiles(Path directory) {
        this.directory = directory;
    }

    /** One finding for each file that cannot be read, or the directory if that is it. */
    public List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        try (var files = Files.newDirectoryStream(directory, "*.cfg")) {
            for (Path file : files) {
                problem(file)
                        .ifPresent(problem -> findings.add(new Finding(
                                Finding.Severity.WARNING,
                                "etc/" + file.getFileName(),
                                problem,
                                "mend the file; until then what it said before stays in force")));
            }
        } catch (IOException | DirectoryIteratorException e) {
            findings.add(new Finding(
                    Finding.Severity.WARNING,
                    directory.toString(),
                    "the configuration files cannot be listed: " + e.getMessage(),
                    "let the user the appliance runs as read this directory"));
        }
        return findings;
    }

    private static Optional<String> problem(Path file) {
        if (!Files.isReadable(file)) {
            return Optional.of("the file cannot be read by the user the appliance runs as");
        }
        try {
            if (Files.size(file) > LARGEST) {
                return Optional.of("the file is larger than 1 MB");
            }
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                new Properties().load(reader);
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "the file has a \\u that is not followed by four hexadecimal digits; write a backslash as \\\\");
        } catch (CharacterCodingException e) {
            return Optional.of("the file is not UTF-8 text");
        } catch (IOException e) {
            return Optional.of("the file cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
