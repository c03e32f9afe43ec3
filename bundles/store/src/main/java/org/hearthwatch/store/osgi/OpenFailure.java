package org.hearthwatch.store.osgi;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.hearthwatch.store.disk.DirectoryInUseException;
import org.hearthwatch.store.frame.ForeignFileException;

/** Why the data directory could not be used and what to do, in words. */
final class OpenFailure {

    private static final String NOT_A_DIRECTORY = "Not a directory";

    private OpenFailure() {}

    static String words(Path directory, IOException e) {
        if (e instanceof DirectoryInUseException || e instanceof ForeignFileException) {
            return String.valueOf(e.getMessage());
        }
        return "The data directory " + directory + " cannot be used: " + cause(e)
                + ". It is tried again every few seconds";
    }

    private static String cause(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile() + "; make it writable for the user Hearthwatch runs as";
        }
        if (e instanceof FileAlreadyExistsException
                || (e instanceof FileSystemException failure && NOT_A_DIRECTORY.equals(failure.getReason()))) {
            return "there is a file where a directory should be; move it away";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason() + " (" + failure.getFile() + ")";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
