package org.hearthwatch.collector.host.machine;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;

/**
 * How many processes and threads there are and what they do, from {@code /proc/<pid>/stat} and, for processes of several
 * threads, {@code /proc/<pid>/task/<tid>/stat}. Beyond a number of threads the states of single threads are left out
 * ({@code node_processes_threads_state} is not reported then): each costs a file.
 */
public final class ProcessesSource implements Source {

    static final Gauge THREADS = Gauge.of("node_processes_threads", "Threads of all processes");
    static final Gauge MAX_THREADS = Gauge.of("node_processes_max_threads", "Threads the kernel allows");
    static final Gauge PIDS = Gauge.of("node_processes_pids", "Processes");
    static final Gauge MAX_PIDS = Gauge.of("node_processes_max_processes", "Process numbers the kernel gives out");
    static final Gauge STATE = Gauge.of("node_processes_state", "Processes by state", "state");
    static final Gauge THREADS_STATE = Gauge.of("node_processes_threads_state", "Threads by state", "thread_state");

    private static final int LETTERS = 128;

    private final File proc;
    private final File threadsMax;
    private final File pidMax;
    private final KernelFiles files;
    private final int mostProcesses;
    private final int mostThreads;
    private final LeftOut leftOut;

    private final int[] processStates = new int[LETTERS];
    private final int[] threadStates = new int[LETTERS];

    /**
     * A source of processes.
     *
     * @param mostProcesses how many are looked at
     * @param mostThreads up to how many threads in all each is looked at
     */
    public ProcessesSource(HostPaths paths, KernelFiles files, int mostProcesses, int mostThreads, LeftOut leftOut) {
        this.proc = paths.procfs().toFile();
        this.threadsMax = paths.proc("sys/kernel/threads-max");
        this.pidMax = paths.proc("sys/kernel/pid_max");
        this.files = files;
        this.mostProcesses = mostProcesses;
        this.mostThreads = mostThreads;
        this.leftOut = leftOut;
    }

    @Override
    public void read(SampleSink sink) throws IOException, InterruptedException {
        String[] entries = proc.list((dir, name) -> isNumber(name));
        if (entries == null) {
            throw new IOException(proc + " cannot be listed");
        }
        Arrays.fill(processStates, 0);
        Arrays.fill(threadStates, 0);
        var count = new Count();
        for (String pid : entries) {
            if (count.processes == mostProcesses) {
                leftOut.add("processes", (long) entries.length - mostProcesses);
                break;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("Cancelled while looking at processes");
            }
            look(new File(proc, pid), pid, count);
        }
        sink.set(THREADS, (double) count.threads);
        sink.set(MAX_THREADS, files.requiredNumber(threadsMax));
        sink.set(PIDS, count.processes);
        sink.set(MAX_PIDS, files.requiredNumber(pidMax));
        report(processStates, STATE, sink);
        if (count.threadsSeen <= mostThreads) {
            report(threadStates, THREADS_STATE, sink);
        } else {
            leftOut.add("process_threads", count.threads - mostThreads);
        }
    }

    private void look(File directory, String pid, Count count) throws IOException {
        // A process may end between the listing and this.
        if (!files.attribute(new File(directory, "stat"))) {
            return;
        }
        ProcessStat stat = ProcessStat.parse(files.attribute());
        count.processes++;
        count.threads += stat.threads();
        count.threadsSeen += stat.threads();
        processStates[stat.state()]++;
        threadStates[stat.state()]++;
        if (stat.threads() < 2 || count.threadsSeen > mostThreads) {
            return;
        }
        var tasks = new File(directory, "task");
        String[] threads = tasks.list();
        if (threads == null) {
            return;
        }
        for (String thread : threads) {
            if (!thread.equals(pid) && files.attribute(new File(tasks, thread + "/stat"))) {
                threadStates[ProcessStat.parse(files.attribute()).state()]++;
            }
        }
    }

    private static void report(int[] states, Gauge metric, SampleSink sink) {
        for (int letter = 0; letter < LETTERS; letter++) {
            if (states[letter] > 0) {
                sink.set(metric, states[letter], Character.toString(letter));
            }
        }
    }

    private static boolean isNumber(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static final class Count {
        int processes;
        long threads;
        long threadsSeen;
    }

    /** What is wanted of {@code /proc/<pid>/stat}: {@code 1 (a name) S ...}, the twentieth field being the threads. */
    record ProcessStat(int state, long threads) {

        private static final int FIELDS_TO_THREADS = 17;

        /** @throws IOException if the line is something else */
        static ProcessStat parse(KernelText line) throws IOException {
            // The name may hold anything, blanks and brackets too: what follows begins after the last bracket.
            for (int i = line.wordLength() - 1; i > 0; i--) {
                if (line.wordAt(i) == ')') {
                    line.continueAt(i + 1);
                    return afterName(line);
                }
            }
            throw line.malformed("a process name in brackets");
        }

        private static ProcessStat afterName(KernelText line) throws IOException {
            if (!line.nextWord() || line.wordLength() != 1 || line.wordAt(0) <= ' ') {
                throw line.malformed("a letter for the state");
            }
            int state = line.wordAt(0);
            if (!line.skipWords(FIELDS_TO_THREADS)) {
                throw line.malformed("the number of threads");
            }
            return new ProcessStat(state, (long) line.number());
        }
    }
}
