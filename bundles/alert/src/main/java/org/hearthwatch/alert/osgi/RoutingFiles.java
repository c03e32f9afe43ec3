package org.hearthwatch.alert.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Function;
import org.hearthwatch.alert.nflog.Outbox;
import org.hearthwatch.alert.silence.Acknowledgements;
import org.hearthwatch.alert.silence.SilenceBook;
import org.hearthwatch.api.metric.Labels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What routing and delivery keep on disk; open all together, or not at all. */
final class RoutingFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RoutingFiles.class);

    private static final int MOST_QUEUED = 10_000;

    private final byte[] linkKey;
    private final Outbox outbox;
    private final SilenceBook silences;
    private final Acknowledgements acknowledgements;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /**
     * Opens them.
     *
     * @param places names what an alert is about, and what that stands on
     * @throws IOException if one cannot be opened; none is then
     */
    RoutingFiles(Path folder, InstantSource clock, Function<Labels, Set<String>> places) throws IOException {
        try {
            linkKey = LinkKey.of(folder.resolve("link.key"));
            outbox = opened(Outbox.open(folder.resolve("outbox.log"), clock, MOST_QUEUED));
            silences = opened(SilenceBook.open(folder.resolve("silences.log"), clock, places));
            acknowledgements = opened(Acknowledgements.open(folder.resolve("acknowledged.log"), clock));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        if (outbox.damaged() > 1) {
            LOG.warn("{} damaged records of {} were passed over", outbox.damaged(), folder.resolve("outbox.log"));
        }
    }

    private <T extends AutoCloseable> T opened(T file) {
        open.push(file);
        return file;
    }

    byte[] linkKey() {
        return linkKey.clone();
    }

    Outbox outbox() {
        return outbox;
    }

    SilenceBook silences() {
        return silences;
    }

    Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("A file of the alerts' state could not be closed: {}", e.getMessage());
            }
        }
    }
}
