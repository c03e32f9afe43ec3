package org.hearthwatch.collector.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways to ask the kernel, on the machine the test runs on. */
class SyscallsTest {

    @BeforeAll
    static void on_linux() {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    }

    static Stream<Syscalls> both() {
        return Stream.of(LinuxSyscalls.load(), new JavaSyscalls(Path.of("/proc")));
    }

    @ParameterizedTest
    @MethodSource("both")
    void statfs_agrees_with_java(Syscalls syscalls) throws Exception {
        FileSystemUsage usage = syscalls.statfs("/");

        var store = Files.getFileStore(Path.of("/"));
        assertThat(usage.sizeBytes()).isEqualTo((double) store.getTotalSpace());
        assertThat(usage.freeBytes())
                .isCloseTo((double) store.getUnallocatedSpace(), Percentage.withPercentage(10))
                .isLessThanOrEqualTo(usage.sizeBytes());
        assertThat(usage.availableBytes()).isCloseTo((double) store.getUsableSpace(), Percentage.withPercentage(10));
    }

    @ParameterizedTest
    @MethodSource("both")
    void statfs_says_why_it_failed(Syscalls syscalls) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> syscalls.statfs("/no/such/directory"))
                .withMessage("no such file or directory");
    }

    @ParameterizedTest
    @MethodSource("both")
    void uname_agrees_with_procfs(Syscalls syscalls) throws Exception {
        SystemName name = syscalls.uname();

        assertThat(name.sysname()).isEqualTo("Linux");
        assertThat(name.release())
                .isEqualTo(
                        Files.readString(Path.of("/proc/sys/kernel/osrelease")).trim());
        assertThat(name.nodename())
                .isEqualTo(
                        Files.readString(Path.of("/proc/sys/kernel/hostname")).trim());
        assertThat(name.machine()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("both")
    void only_the_c_library_knows_inodes_and_the_clocks_discipline(Syscalls syscalls) throws Exception {
        assertThat(syscalls.adjtimex().isPresent()).isEqualTo(syscalls.isNative());
        assertThat(Double.isNaN(syscalls.statfs("/").files())).isNotEqualTo(syscalls.isNative());
    }
}
