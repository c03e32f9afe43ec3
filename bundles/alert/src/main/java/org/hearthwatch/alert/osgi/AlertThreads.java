package org.hearthwatch.alert.osgi;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The bundle's threads. */
final class AlertThreads implements ThreadFactory {

    private final AtomicInteger count = new AtomicInteger();

    private AlertThreads() {}

    static ScheduledThreadPoolExecutor pool(int threads) {
        var pool = new ScheduledThreadPoolExecutor(threads, new AlertThreads());
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    @Override
    public Thread newThread(Runnable task) {
        var thread = new Thread(task, "hearthwatch-alert-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
