package org.hearthwatch.api.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Takes samples of any age out of texts that other programs wrote, straight to blocks. Thread-safe. */
@ProviderType
public interface Importer {

    /** The formats that are understood, such as {@code openmetrics}. */
    List<String> formats();

    /**
     * Reads a text to its end and stores what is in it: all of it, or nothing when something is wrong with it. Long work,
     * which may be interrupted.
     *
     * @param format one of {@link #formats()}
     * @param name what the text is called in messages, such as a file's path
     * @param text is not closed
     * @param progress told now and then how far it is
     * @throws ImportException if the text cannot be read, naming the line and what is wrong there
     * @throws IOException if reading the text or writing blocks fails
     * @throws StoreUnavailableException if the store can take nothing now
     */
    ImportReport load(String format, String name, InputStream text, Consumer<String> progress)
            throws ImportException, IOException, StoreUnavailableException, InterruptedException;

    /**
     * What was stored.
     *
     * @param from the time of the oldest sample; absent when the text had none
     * @param to the time of the newest sample
     */
    record ImportReport(long lines, long samples, long series, Optional<Instant> from, Optional<Instant> to) {}

    /** The text is not what it should be; the message begins with its name and the line. */
    final class ImportException extends Exception {

        private static final long serialVersionUID = 1L;

        public ImportException(String message) {
            super(message);
        }
    }
}
