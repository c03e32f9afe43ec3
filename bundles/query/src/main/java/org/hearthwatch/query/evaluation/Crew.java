package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.hearthwatch.api.query.QueryException;

/**
 * Threads that help the asker's with a query. The asker always works too, so that a busy or stopped crew only makes it
 * slower. Thread-safe.
 *
 * @param helpers runs tasks, or refuses them with {@link RejectedExecutionException}
 * @param size how many threads work for a query at most, the asker's among them
 * @param least fewer cells and expected samples than this are quicker done than shared out
 */
public record Crew(Executor helpers, int size, long least) {

    private static final long WORTH_SHARING = 1 << 16;

    /** Nobody helps. */
    public static final Crew NONE = new Crew(Runnable::run, 1);

    /** A crew for what is worth sharing out. */
    public Crew(Executor helpers, int size) {
        this(helpers, size, WORTH_SHARING);
    }

    /**
     * Does pieces of work, numbered from 0, and gives back what came of them in their order. If some fail, all are ended
     * and the first one's failure is thrown.
     */
    <T> List<T> each(int pieces, Budget budget, IntFunction<T> work) {
        var job = new Job<T>(pieces, work);
        for (int i = 1; i < Math.min(size, pieces); i++) {
            try {
                helpers.execute(job::run);
            } catch (RejectedExecutionException e) {
                break;
            }
        }
        job.run();
        job.await(budget);
        return job.results();
    }

    /** Pieces that are taken by whoever is free. */
    private static final class Job<T> {

        private final IntFunction<T> work;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch open;
        private final List<Piece<T>> pieces = new ArrayList<>();

        Job(int count, IntFunction<T> work) {
            this.work = work;
            this.open = new CountDownLatch(count);
            for (int i = 0; i < count; i++) {
                pieces.add(new Piece<>());
            }
        }

        void run() {
            for (int i = next.getAndIncrement(); i < pieces.size(); i = next.getAndIncrement()) {
                pieces.get(i).run(work, i);
                open.countDown();
            }
        }

        void await(Budget budget) {
            boolean interrupted = false;
            while (true) {
                try {
                    open.await();
                    break;
                } catch (InterruptedException e) {
                    // The helpers must be done with the query's memory before it is left; they look often.
                    interrupted = true;
                    budget.cancel();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
                throw new EvaluationException(
                        QueryException.Kind.CANCELED, "query was canceled in expression evaluation");
            }
        }

        List<T> results() {
            var results = new ArrayList<T>(pieces.size());
            for (Piece<T> piece : pieces) {
                results.add(piece.result());
            }
            return results;
        }
    }

    /** One piece; what one thread writes others read after the latch. */
    private static final class Piece<T> {

        private Optional<T> done = Optional.empty();
        private Optional<RuntimeException> failure = Optional.empty();
        private Optional<Error> error = Optional.empty();

        void run(IntFunction<T> work, int number) {
            try {
                done = Optional.of(work.apply(number));
            } catch (RuntimeException e) {
                failure = Optional.of(e);
            } catch (Error e) {
                error = Optional.of(e);
            }
        }

        T result() {
            if (error.isPresent()) {
                throw error.get();
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
            return done.orElseThrow();
        }
    }
}
