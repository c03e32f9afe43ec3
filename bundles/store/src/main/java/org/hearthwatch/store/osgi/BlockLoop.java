package org.hearthwatch.store.osgi;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.store.TimeSeriesStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the store's blocks until told to stop. Never interrupted: that would close files. */
final class BlockLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(BlockLoop.class);
    private static final long PAUSE_MILLIS = 500;

    private final TimeSeriesStore store;
    private final CountDownLatch stopped = new CountDownLatch(1);

    BlockLoop(TimeSeriesStore store) {
        this.store = store;
    }

    @Override
    public void run() {
        while (stopped.getCount() > 0) {
            try {
                if (!store.tend() && stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                // Somebody else's idea; the store is closed by stop() alone, and the flag is cleared now.
                LOG.debug("Looking after the blocks was interrupted and goes on");
            } catch (RuntimeException e) {
                LOG.error("Looking after the blocks met an error of the program's own and goes on", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (stopped.await(10 * PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("Stopped");
            }
        } catch (InterruptedException e) {
            LOG.debug("Looking after the blocks was interrupted and goes on");
        }
    }

    /** Lets it end after what it is doing. */
    void stop() {
        stopped.countDown();
    }
}
