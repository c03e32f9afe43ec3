package org.hearthwatch.plugin.osgi;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hearthwatch.plugin.PluginFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the folder whenever the operating system says it changed, and now and then without being told, for folders (network
 * file systems) of which it does not.
 */
final class FolderWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration WHILE_WRITTEN = Duration.ofMillis(100);

    private final Path folder;
    private final PluginFolder plugins;
    private final Supplier<Duration> interval;
    private String lastProblem = "";

    FolderWatch(Path folder, PluginFolder plugins, Supplier<Duration> interval) {
        this.folder = folder;
        this.plugins = plugins;
        this.interval = interval;
    }

    /** Until it is interrupted. */
    @Override
    public void run() {
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            while (!Thread.currentThread().isInterrupted()) {
                Duration wait = look() ? WHILE_WRITTEN : interval.get();
                WatchKey key = watch.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error(
                    "The plugin folder {} cannot be watched: {}. Mend it and restart the appliance",
                    folder,
                    e.toString());
        }
    }

    private boolean look() {
        try {
            boolean soon = plugins.scan();
            lastProblem = "";
            return soon;
        } catch (IOException e) {
            problem("cannot be read: " + e);
        } catch (RuntimeException e) {
            problem("could not be worked through: " + e);
            LOG.debug("The scan of {} failed", folder, e);
        }
        return false;
    }

    /** Says each problem once, not at every look. */
    private void problem(String what) {
        if (!what.equals(lastProblem)) {
            LOG.error("The plugin folder {} {}", folder, what);
            lastProblem = what;
        }
    }
}
