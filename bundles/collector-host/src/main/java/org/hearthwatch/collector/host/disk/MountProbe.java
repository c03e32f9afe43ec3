package org.hearthwatch.collector.host.disk;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.hearthwatch.collector.host.kernel.FileSystemUsage;
import org.hearthwatch.collector.host.kernel.Syscalls;

/**
 * Asks mount points how full they are, on other threads than the caller's: a network file system whose server is gone
 * holds the asking thread for as long as it likes. A mount point that has not answered yet is not asked again, so it can
 * hold one thread at most; when all threads are held, what is left waits unanswered.
 */
final class MountProbe {

    private final Syscalls syscalls;
    private final Executor workers;
    private final Map<String, CompletableFuture<Answer>> pending = new ConcurrentHashMap<>();

    /** @param workers a bounded number of threads with a bounded queue */
    MountProbe(Syscalls syscalls, Executor workers) {
        this.syscalls = syscalls;
        this.workers = workers;
    }

    /** What a mount point answered: how full it is, or why that is not known. */
    record Answer(Optional<FileSystemUsage> usage, String error) {

        static Answer of(FileSystemUsage usage) {
            return new Answer(Optional.of(usage), "");
        }

        static Answer failed(String error) {
            return new Answer(Optional.empty(), error);
        }
    }

    /** Whether a question to this path is still unanswered. */
    boolean isStuck(String path) {
        return pending.containsKey(path);
    }

    /** How many mount points have not answered yet. */
    int stuck() {
        return pending.size();
    }

    /** Begins to ask; the answer may never come. */
    CompletableFuture<Answer> ask(String path) {
        var answer = new CompletableFuture<Answer>();
        pending.put(path, answer);
        try {
            workers.execute(() -> {
                Answer found = statfs(path);
                pending.remove(path, answer);
                answer.complete(found);
            });
        } catch (RejectedExecutionException e) {
            pending.remove(path, answer);
            answer.complete(Answer.failed("no stat worker is free"));
        }
        return answer;
    }

    private Answer statfs(String path) {
        try {
            return Answer.of(syscalls.statfs(path));
        } catch (IOException e) {
            String message = e.getMessage();
            return Answer.failed(message == null ? "statfs failed" : message);
        } catch (RuntimeException e) {
            return Answer.failed(e.toString());
        }
    }
}
