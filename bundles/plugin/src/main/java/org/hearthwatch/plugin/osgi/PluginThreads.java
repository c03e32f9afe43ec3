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

    private static final String GROUP = "hearthwatch-plugin ";
    /** How the threads are named on which plugins start and stop. */
    static final String START = "hearthwatch-plugin-";

    private static final List<String> CONTAINER = List.of("hearthwatch-", "SCR ", "CM ", "Felix");
    private static final String OURS = "org.hearthwatch.";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** A group for the threads of a plugin. */
    static ThreadGroup groupOf(String plugin) {
        return new ThreadGroup(GROUP + plugin);
    }

    /**
     * Interrupts them, again and again, and waits for their end.
     *
     * @return those that are still there after the wait
     */
    List<Thread> end(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Thread> left = interrupt();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_AGAIN.toMillis());
            left = interrupt();
        }
        return left;
    }

    private List<Thread> interrupt() {
        List<Thread> found = new ArrayList<>();
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = each.getKey();
            boolean inGroup = isIn(thread, group) && !isTheContainers(thread);
            if (thread != Thread.currentThread() && (inGroup || isOurs(thread, each.getValue()))) {
                found.add(thread);
                if (inGroup || !isInOurRun(each.getValue())) {
                    thread.interrupt();
                }
            }
        }
        return found;
    }

    private boolean isOurs(Thread thread, StackTraceElement[] stack) {
        if (loader.isPresent()
                && (thread.getContextClassLoader() == loader.get()
                        || thread.getClass().getClassLoader() == loader.get())) {
            return true;
        }
        if (isOfAnotherPlugin(thread)) {
            return false;
        }
        for (StackTraceElement frame : stack) {
            if (classes.contains(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(Thread thread, ThreadGroup group) {
        ThreadGroup its = thread.getThreadGroup();
        return its != null && group.parentOf(its);
    }

    /** While a plugin starts, the container's pools may grow; their new threads come to stand in the plugin's group. */
    private static boolean isTheContainers(Thread thread) {
        String name = thread.getName();
        return !name.startsWith(START) && CONTAINER.stream().anyMatch(name::startsWith);
    }

    /** Two plugins may have classes of the same name. */
    private static boolean isOfAnotherPlugin(Thread thread) {
        for (ThreadGroup each = thread.getThreadGroup(); each != null; each = each.getParent()) {
            if (each.getName().startsWith(GROUP)) {
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
