package org.hearthwatch.collector.host.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.kernel.ClockDiscipline;
import org.hearthwatch.collector.host.kernel.FileSystemUsage;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.Syscalls;
import org.hearthwatch.collector.host.kernel.SystemName;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FilesystemSourceTest {

    private static final String WELL = "{device=\"/dev/sda1\", fstype=\"ext4\", mountpoint=\"/well\"}";
    private static final String DEAD =
            "{device=\"nas:/x\", device_error=\"mountpoint timeout\", fstype=\"nfs4\", mountpoint=\"/dead\"}";

    @TempDir
    Path directory;

    private final LeftOut leftOut = new LeftOut();
    private final DeadServer kernel = new DeadServer();
    private final ExecutorService workers =
            new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(10));

    @BeforeEach
    void mounts() throws IOException {
        Files.createDirectories(directory.resolve("proc/1"));
        Files.writeString(
                directory.resolve("proc/1/mountinfo"),
                "1 1 0:50 / /dead rw - nfs4 nas:/x rw\n1 1 8:1 / /well rw - ext4 /dev/sda1 rw\n");
    }

    @AfterEach
    void stop() {
        kernel.serverIsBack.countDown();
        workers.shutdownNow();
    }

    private FilesystemSource source(int most) {
        var paths =
                new HostPaths(directory.resolve("proc"), directory, directory.resolve("root"), directory, directory);
        return new FilesystemSource(
                paths,
                new KernelFiles(),
                kernel,
                new FilesystemSource.Settings(NameFilter.ALL, NameFilter.ALL, Duration.ofMillis(200), most),
                leftOut,
                workers,
                System::nanoTime);
    }

    private static RecordedSamples read(FilesystemSource source) throws Exception {
        var samples = new RecordedSamples();
        source.read(samples);
        return samples;
    }

    @Test
    void a_dead_server_holds_up_neither_the_run_nor_the_others() throws Exception {
        RecordedSamples samples = read(source(100));

        assertThat(samples.value("node_filesystem_size_bytes" + WELL)).isEqualTo(4096);
        assertThat(samples.value("node_filesystem_device_error" + WELL)).isZero();
        assertThat(samples.value("node_filesystem_device_error" + DEAD)).isEqualTo(1);
        assertThat(samples.value("node_filesystem_readonly" + DEAD)).isZero();
        assertThat(samples.asMap()).doesNotContainKey("node_filesystem_size_bytes" + DEAD);
        assertThat(samples.value("hearthwatch_collector_host_stuck_mounts")).isEqualTo(1);
    }

    @Test
    void a_stuck_mount_is_not_asked_again_before_it_answers() throws Exception {
        FilesystemSource source = source(100);
        read(source);
        read(source);
        read(source);

        assertThat(kernel.asked("/dead")).isEqualTo(1);
        assertThat(kernel.asked("/well")).isEqualTo(3);
    }

    @Test
    void a_mount_that_answers_at_last_is_asked_again() throws Exception {
        FilesystemSource source = source(100);
        read(source);

        kernel.serverIsBack.countDown();
        kernel.answered.await();

        RecordedSamples samples = read(source);
        while (samples.value("hearthwatch_collector_host_stuck_mounts") > 0) {
            samples = read(source);
        }
        samples = read(source);
        assertThat(samples.asMap())
                .containsKey("node_filesystem_size_bytes{device=\"nas:/x\", fstype=\"nfs4\", mountpoint=\"/dead\"}");
    }

    @Test
    void mounts_beyond_the_bound_are_left_out_and_counted() throws Exception {
        RecordedSamples samples = read(source(1));

        assertThat(samples.asMap()).doesNotContainKey("node_filesystem_size_bytes" + WELL);
        assertThat(leftOut.counts()).containsEntry("filesystem_mounts", 1L);
    }

    /** A kernel of which one mount point does not answer until its server is back. */
    private static final class DeadServer implements Syscalls {

        final CountDownLatch serverIsBack = new CountDownLatch(1);
        final CountDownLatch answered = new CountDownLatch(1);
        private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

        int asked(String mountPoint) {
            return asked.entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith(mountPoint))
                    .mapToInt(entry -> entry.getValue().get())
                    .sum();
        }

        @Override
        public FileSystemUsage statfs(String path) throws IOException {
            asked.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
            if (path.endsWith("/dead")) {
                try {
                    serverIsBack.await();
                } catch (InterruptedException e) {
                    throw new IOException("the test is over", e);
                }
                answered.countDown();
            }
            return new FileSystemUsage(4096, 2048, 1024, 100, 50);
        }

        @Override
        public Optional<ClockDiscipline> adjtimex() {
            return Optional.empty();
        }

        @Override
        public SystemName uname() {
            return new SystemName("", "", "", "", "", "");
        }

        @Override
        public int pageSize() {
            return 4096;
        }

        @Override
        public boolean isNative() {
            return false;
        }
    }
}
