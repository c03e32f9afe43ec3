package org.hearthwatch.collector.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.testkit.CollectorContract;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCollectorTest extends CollectorContract {

    @TempDir
    Path process;

    @BeforeEach
    void aProcess() throws IOException {
        Files.writeString(process.resolve("status"), """
                Name:	java
                VmPeak:	 4000000 kB
                VmSize:	 3900000 kB
                VmRSS:	  250000 kB
                """);
        Files.writeString(process.resolve("limits"), """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            1024                 4096                 files
                Max address space         unlimited            unlimited            bytes
                """);
        Files.createDirectory(process.resolve("fd"));
        Files.createFile(process.resolve("fd/0"));
        Files.createFile(process.resolve("fd/1"));
    }

    @Override
    protected Collector collector() {
        return new ProcessCollector(process);
    }

    @Test
    void reads_memory_limits_and_open_files() throws Exception {
        var samples = new RecordedSamples();

        new ProcessCollector(process).collect(samples);

        assertThat(samples.value("process_resident_memory_bytes")).isEqualTo(250_000 * 1024);
        assertThat(samples.value("process_virtual_memory_bytes")).isEqualTo(3_900_000 * 1024.0);
        assertThat(samples.value("process_virtual_memory_max_bytes")).isEqualTo(Math.pow(2, 64));
        assertThat(samples.value("process_max_fds")).isEqualTo(1024);
        assertThat(samples.value("process_open_fds")).isEqualTo(2);
        assertThat(samples.value("process_cpu_seconds_total")).isPositive();
        assertThat(samples.value("process_start_time_seconds")).isPositive();
    }

    @Test
    void without_the_files_the_run_fails() throws Exception {
        Files.delete(process.resolve("status"));

        assertThatThrownBy(() -> new ProcessCollector(process).collect(new RecordedSamples()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status");
    }
}
