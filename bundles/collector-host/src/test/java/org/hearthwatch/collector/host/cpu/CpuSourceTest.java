package org.hearthwatch.collector.host.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.MalformedException;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;

class CpuSourceTest {

    private final KernelFiles files = new KernelFiles();
    private final CpuSource source = new CpuSource(
            HostPaths.LIVE, files, new CpuInfo(HostPaths.LIVE, files, new CpuInfo.Settings(false, false, "", "")));

    private RecordedSamples report(String stat) throws Exception {
        var samples = new RecordedSamples();
        source.report(KernelText.of(stat), samples);
        return samples;
    }

    @Test
    void guest_time_is_reported_apart() throws Exception {
        RecordedSamples samples = report("cpu 0 0 0 0\ncpu3 100 200 300 400 500 600 700 800 50 25");

        assertThat(samples.value("node_cpu_seconds_total{cpu=\"3\", mode=\"user\"}"))
                .isEqualTo(1);
        assertThat(samples.value("node_cpu_guest_seconds_total{cpu=\"3\", mode=\"user\"}"))
                .isEqualTo(0.5);
        assertThat(samples.value("node_cpu_guest_seconds_total{cpu=\"3\", mode=\"nice\"}"))
                .isEqualTo(0.25);
        assertThat(samples.families()).hasSize(2);
    }

    @Test
    void columns_of_newer_kernels_are_zero_on_older_ones() throws Exception {
        assertThat(report("cpu0 100 200 300 400").value("node_cpu_seconds_total{cpu=\"0\", mode=\"steal\"}"))
                .isZero();
    }

    @Test
    void a_counter_that_steps_back_a_little_stays() throws Exception {
        report("cpu0 100 0 0 1000 77 0 0 0");

        RecordedSamples samples = report("cpu0 101 0 0 990 70 0 0 0");

        assertThat(samples.value("node_cpu_seconds_total{cpu=\"0\", mode=\"idle\"}"))
                .isEqualTo(10);
        assertThat(samples.value("node_cpu_seconds_total{cpu=\"0\", mode=\"iowait\"}"))
                .isEqualTo(0.77);
        assertThat(samples.value("node_cpu_seconds_total{cpu=\"0\", mode=\"user\"}"))
                .isEqualTo(1.01);
    }

    @Test
    void a_processor_that_was_put_back_begins_anew() throws Exception {
        report("cpu0 100 0 0 1000 0 0 0 0");

        RecordedSamples samples = report("cpu0 5 0 0 6 0 0 0 0");

        assertThat(samples.value("node_cpu_seconds_total{cpu=\"0\", mode=\"idle\"}"))
                .isEqualTo(0.06);
        assertThat(samples.value("node_cpu_seconds_total{cpu=\"0\", mode=\"user\"}"))
                .isEqualTo(0.05);
    }

    @Test
    void a_line_that_is_cut_off_is_refused() {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> report("cpu0 1 2"));
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> report("cpu0 1 2 3 -4"));
    }

    @Test
    void lists_of_processors_are_understood_or_left_out() {
        assertThat(CpuList.parse("0-2,8, 10-11")).containsExactly(0, 1, 2, 8, 10, 11);
        assertThat(CpuList.parse("")).isEmpty();
        assertThat(CpuList.parse("x,3-1,-,99999999,0-99999,5")).containsExactly(5);
    }
}
