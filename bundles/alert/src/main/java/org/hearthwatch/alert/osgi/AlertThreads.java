package org.hearthwatch.alert.osgi;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The bundle's threads. */
final class AlertThreads implements ThreadFactory {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private AlertThreads() {}

    static ThreadFactory factory() {
        return new AlertThreads();
    }

    static ScheduledThreadPoolExecutor pool(int threads) {
        var pool = new ScheduledThreadPoolExecutor(threads, new AlertThreads());
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    @Override
    public Thread newThread(Runnable task) {
        var thread = new Thread(task, "hearthwatch-alert-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
