package org.hearthwatch.collect.osgi;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.collect.Workers;

/** Workers on a thread pool that grows by one for each lost thread, as far as there are replacements. */
final class PoolWorkers implements Workers, AutoCloseable {

    private final int threads;
    private final int replacements;
    private final ThreadPoolExecutor pool;
    private int lost;

    /** @param waiting how many runs may wait for a thread */
    PoolWorkers(int threads, int replacements, int waiting, ThreadFactory factory) {
        this.threads = threads;
        this.replacements = replacements;
        this.pool = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(waiting), factory);
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable run) {
        pool.execute(run);
    }

    @Override
    public synchronized void lost() {
        lost++;
        resize();
    }

    @Override
    public synchronized void returned() {
        lost--;
        resize();
    }

    @Override
    public synchronized Load load() {
        return new Load(
                pool.getMaximumPoolSize(),
                pool.getActiveCount(),
                lost,
                pool.getQueue().size());
    }

    /** Ends the threads; one that is lost ends when its run does. */
    @Override
    public void close() {
        pool.shutdownNow();
    }

    private void resize() {
        int size = threads + Math.min(lost, replacements);
        if (size > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(size);
            pool.setCorePoolSize(size);
        } else {
            pool.setCorePoolSize(size);
            pool.setMaximumPoolSize(size);
        }
    }
}
