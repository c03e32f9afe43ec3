package org.hearthwatch.plugin.osgi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a plugin's threads: those begun while it started (their group), of a class of its own, with its class loader as context,
 * or with one of its classes on their stack.
 */
record PluginThreads(ThreadGroup group, Optional<ClassLoader> loader, Set<String> classes) {

    private static final String OURS = "org.hearthwatch.";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /**
     * Interrupts them and waits for their end.
     *
     * @return those that are still there after the wait
     */
    List<Thread> end(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Thread> left = alive();
        left.stream().filter(thread -> !isInOurRun(thread.getStackTrace())).forEach(Thread::interrupt);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_AGAIN.toMillis());
            left = alive();
        }
        return left;
    }

    private List<Thread> alive() {
        List<Thread> found = new ArrayList<>();
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            if (each.getKey() != Thread.currentThread() && isOurs(each.getKey(), each.getValue())) {
                found.add(each.getKey());
            }
        }
        return found;
    }

    private boolean isOurs(Thread thread, StackTraceElement[] stack) {
        ThreadGroup its = thread.getThreadGroup();
        if (its != null && group.parentOf(its)) {
            return true;
        }
        if (loader.isPresent()
                && (thread.getContextClassLoader() == loader.get()
                        || thread.getClass().getClassLoader() == loader.get())) {
            return true;
        }
        for (StackTraceElement frame : stack) {
            if (classes.contains(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    /** A thread of the appliance's that is inside a call into the plugin belongs to whoever made the call. */
    private boolean isInOurRun(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(OURS) && !classes.contains(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }
}
