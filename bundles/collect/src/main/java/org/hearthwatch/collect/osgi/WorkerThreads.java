package org.hearthwatch.collect.osgi;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads {@code hearthwatch-collect-<n>} that hold on to no plugin's class loader. */
final class WorkerThreads implements ThreadFactory {

    private final AtomicInteger number = new AtomicInteger();

    @Override
    public Thread newThread(Runnable task) {
        var thread = new Thread(task, "hearthwatch-collect-" + number.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(WorkerThreads.class.getClassLoader());
        return thread;
    }
}
