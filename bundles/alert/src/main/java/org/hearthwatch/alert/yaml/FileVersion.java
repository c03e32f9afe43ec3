package org.hearthwatch.alert.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** What tells that a file is another than before. */
public record FileVersion(FileTime modified, long size) {

    /** A file's version now; none if it is not there or may not be looked at. */
    public static Optional<FileVersion> of(Path file) {
        try {
            return Optional.of(new FileVersion(Files.getLastModifiedTime(file), Files.size(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
