package org.hearthwatch.collector.host.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesSourceTest {

    @TempDir
    Path proc;

    private final LeftOut leftOut = new LeftOut();

    @BeforeEach
    void limits() throws IOException {
        Files.createDirectories(proc.resolve("sys/kernel"));
        Files.writeString(proc.resolve("sys/kernel/threads-max"), "1000\n");
        Files.writeString(proc.resolve("sys/kernel/pid_max"), "2000\n");
        process("10", stat("10", "sh", "S", 1));
        process("11", stat("11", "x) R (y", "D", 1));
        process("12", stat("12", "java", "S", 3));
        process("12/task/12", stat("12", "java", "S", 3));
        process("12/task/13", stat("13", "gc", "R", 3));
        process("12/task/14", stat("14", "jit", "S", 3));
    }

    private void process(String path, String stat) throws IOException {
        Files.createDirectories(proc.resolve(path));
        Files.writeString(proc.resolve(path + "/stat"), stat);
    }

    private static String stat(String pid, String name, String state, int threads) {
        return pid + " (" + name + ") " + state + " 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 " + threads + " 0 0 0 0\n";
    }

    private RecordedSamples read(int mostProcesses, int mostThreads) throws Exception {
        var paths = new HostPaths(proc, proc, proc, proc, proc);
        var samples = new RecordedSamples();
        new ProcessesSource(paths, new KernelFiles(), mostProcesses, mostThreads, leftOut).read(samples);
        return samples;
    }

    @Test
    void counts_processes_and_threads_by_state() throws Exception {
        RecordedSamples samples = read(100, 100);

        assertThat(samples.value("node_processes_pids")).isEqualTo(3);
        assertThat(samples.value("node_processes_threads")).isEqualTo(5);
        assertThat(samples.value("node_processes_state{state=\"S\"}")).isEqualTo(2);
        assertThat(samples.value("node_processes_state{state=\"D\"}")).isEqualTo(1);
        assertThat(samples.value("node_processes_threads_state{thread_state=\"S\"}"))
                .isEqualTo(3);
        assertThat(samples.value("node_processes_threads_state{thread_state=\"R\"}"))
                .isEqualTo(1);
        assertThat(samples.value("node_processes_max_threads")).isEqualTo(1000);
        assertThat(samples.value("node_processes_max_processes")).isEqualTo(2000);
    }

    @Test
    void a_process_that_ended_meanwhile_is_passed_over() throws Exception {
        Files.createDirectories(proc.resolve("99"));

        assertThat(read(100, 100).value("node_processes_pids")).isEqualTo(3);
    }

    @Test
    void with_too_many_threads_their_states_are_left_out_and_counted() throws Exception {
        RecordedSamples samples = read(100, 4);

        assertThat(samples.asMap().keySet()).noneMatch(series -> series.startsWith("node_processes_threads_state"));
        assertThat(samples.value("node_processes_threads")).isEqualTo(5);
        assertThat(leftOut.counts()).containsEntry("process_threads", 1L);
    }

    @Test
    void processes_beyond_the_bound_are_left_out_and_counted() throws Exception {
        assertThat(read(2, 100).value("node_processes_pids")).isEqualTo(2);
        assertThat(leftOut.counts()).containsEntry("processes", 1L);
    }

    @Test
    void a_stat_line_that_is_something_else_is_refused() {
        for (String bad :
                new String[] {"", "1", "1 (a", "1 (a)", "1 (a) SS 1", "1 (a) S 1 2", "1 (a) S" + " x".repeat(30)}) {
            KernelText line = KernelText.of(bad);
            line.nextLine();
            line.rest();
            assertThatExceptionOfType(IOException.class)
                    .as(bad)
                    .isThrownBy(() -> ProcessesSource.ProcessStat.parse(line));
        }
    }
}
