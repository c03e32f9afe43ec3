package org.hearthwatch.store.osgi;

import java.time.Duration;
import org.hearthwatch.store.TimeSeriesStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits what is appended and looks after the store, until told to stop. Never interrupted: that would close files. */
final class WriterLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WriterLoop.class);
    private static final Duration MAINTENANCE = Duration.ofSeconds(5);

    private final TimeSeriesStore store;
    private volatile boolean stopped;

    WriterLoop(TimeSeriesStore store) {
        this.store = store;
    }

    @Override
    public void run() {
        long maintained = System.nanoTime() - MAINTENANCE.toNanos();
        while (!stopped) {
            try {
                store.awaitWork(MAINTENANCE);
                store.commit();
                if (System.nanoTime() - maintained >= MAINTENANCE.toNanos()) {
                    store.maintain();
                    maintained = System.nanoTime();
                }
            } catch (InterruptedException e) {
                // Somebody else's idea; the store is closed by stop() alone, and the flag is cleared now.
                LOG.debug("The writer was interrupted and goes on");
            } catch (RuntimeException e) {
                LOG.error("Writing met an error of the program's own and goes on", e);
            }
        }
    }

    /** Lets it end after what it is doing. */
    void stop() {
        stopped = true;
        store.hurry();
    }
}
