package org.hearthwatch.collector.host.disk;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.disk.MountProbe.Answer;
import org.hearthwatch.collector.host.kernel.FileSystemUsage;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.Syscalls;

/**
 * How full each mounted file system is. The mounts are those of process 1, or our own where that may not be looked at.
 * A mount point that does not answer in time is marked stuck and reported with its {@code device_error} alone, run after
 * run without being asked again, until the first question is answered.
 */
public final class FilesystemSource implements Source {

    private static final String[] LABELS = {"device", "mountpoint", "fstype", "device_error"};

    static final Gauge SIZE = gauge("size_bytes", "Size of the file system in bytes");
    static final Gauge FREE = gauge("free_bytes", "What root may still use, in bytes");
    static final Gauge AVAILABLE = gauge("avail_bytes", "What users other than root may still use, in bytes");
    static final Gauge FILES = gauge("files", "Inodes of the file system");
    static final Gauge FILES_FREE = gauge("files_free", "Free inodes of the file system");
    static final Gauge READONLY = gauge("readonly", "Whether the file system is mounted for reading only");
    static final Gauge DEVICE_ERROR = gauge("device_error", "Whether asking the file system failed");
    static final Gauge MOUNT_INFO = Gauge.of(
            "node_filesystem_mount_info",
            "Where a device is mounted; the value is 1",
            "device",
            "major",
            "minor",
            "mountpoint");
    static final Gauge STUCK = Gauge.of(
            "hearthwatch_collector_host_stuck_mounts", "Mount points that were asked and have not answered yet");

    private static final String NO_ANSWER = "mountpoint timeout";

    private final HostPaths paths;
    private final KernelFiles files;
    private final Settings settings;
    private final LeftOut leftOut;
    private final LongSupplier nanoTime;
    private final MountProbe probe;
    private Map<Mount, Series> known = new HashMap<>();

    /**
     * What is looked at and for how long.
     *
     * @param mountPoints which mount points
     * @param types which types of file system
     * @param timeout until when a mount point has to answer
     * @param most how many mounts are looked at
     */
    public record Settings(NameFilter mountPoints, NameFilter types, Duration timeout, int most) {}

    /** @param workers a bounded number of threads with a bounded queue, for calls that may never return */
    public FilesystemSource(
            HostPaths paths,
            KernelFiles files,
            Syscalls syscalls,
            Settings settings,
            LeftOut leftOut,
            Executor workers,
            LongSupplier nanoTime) {
        this.paths = paths;
        this.files = files;
        this.settings = settings;
        this.leftOut = leftOut;
        this.nanoTime = nanoTime;
        this.probe = new MountProbe(syscalls, workers);
    }

    private static Gauge gauge(String name, String help) {
        return Gauge.of("node_filesystem_" + name, help, LABELS);
    }

    @Override
    public void read(SampleSink sink) throws IOException, InterruptedException {
        var questions = new ArrayList<Question>();
        for (Mount mount : mounts()) {
            String path = paths.rootfs().resolve(relative(mount.point())).toString();
            Series series = known.computeIfAbsent(mount, Series::new);
            questions.add(new Question(
                    series,
                    probe.isStuck(path)
                            ? CompletableFuture.completedFuture(Answer.failed(NO_ANSWER))
                            : probe.ask(path)));
        }
        long deadline = nanoTime.getAsLong() + settings.timeout.toNanos();
        for (Question question : questions) {
            question.series.report(answer(question.answer, deadline), sink);
        }
        sink.set(STUCK, probe.stuck());
    }

    /** The mounts to report: filtered, each label set once, bounded. */
    private List<Mount> mounts() throws IOException {
        File ofInit = paths.proc("1/mountinfo");
        List<Mount> all = MountTable.parse(
                files.read(ofInit.canRead() ? ofInit : paths.proc("self/mountinfo")), settings.most + 1);
        if (all.size() > settings.most) {
            leftOut.add("filesystem_mounts", 1);
            all = all.subList(0, settings.most);
        }
        var kept = new ArrayList<Mount>();
        var seen = new HashSet<List<String>>();
        String root = paths.rootfs().toString();
        for (Mount mount : all) {
            Mount seenFromRoot = withoutPrefix(mount, root);
            if (settings.mountPoints.accepts(seenFromRoot.point())
                    && settings.types.accepts(mount.type())
                    && seen.add(List.of(mount.device(), seenFromRoot.point(), mount.type()))) {
                kept.add(seenFromRoot);
            }
        }
        known.keySet().retainAll(kept);
        return kept;
    }

    /** Where the host is seen from a container, its mount points stand below the place it is mounted at. */
    private static Mount withoutPrefix(Mount mount, String root) {
        if (root.equals("/") || !mount.point().startsWith(root)) {
            return mount;
        }
        String rest = mount.point().substring(root.length());
        if (!rest.isEmpty() && !rest.startsWith("/")) {
            return mount;
        }
        return new Mount(
                mount.device(),
                mount.major(),
                mount.minor(),
                rest.isEmpty() ? "/" : rest,
                mount.type(),
                mount.readOnly());
    }

    private static Path relative(String point) {
        return Path.of(point.startsWith("/") ? point.substring(1) : point);
    }

    private Answer answer(CompletableFuture<Answer> answer, long deadline) throws InterruptedException {
        try {
            return answer.get(Math.max(0, deadline - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Answer.failed(NO_ANSWER);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A mount point's answer is never exceptional", e);
        }
    }

    private record Question(Series series, CompletableFuture<Answer> answer) {}

    /** The label values of one mount, kept from run to run. */
    private static final class Series {

        private final Mount mount;
        private final String[] labels;
        private final String[] info;

        Series(Mount mount) {
            this.mount = mount;
            this.labels = new String[] {mount.device(), mount.point(), mount.type(), ""};
            this.info = new String[] {mount.device(), mount.major(), mount.minor(), mount.point()};
        }

        void report(Answer answer, SampleSink sink) {
            if (answer.usage().isEmpty()) {
                String[] failed = {labels[0], labels[1], labels[2], answer.error()};
                sink.set(DEVICE_ERROR, 1, failed);
                sink.set(READONLY, mount.readOnly() ? 1 : 0, failed);
                return;
            }
            FileSystemUsage usage = answer.usage().get();
            sink.set(DEVICE_ERROR, 0, labels);
            sink.set(READONLY, mount.readOnly() ? 1 : 0, labels);
            sink.set(SIZE, usage.sizeBytes(), labels);
            sink.set(FREE, usage.freeBytes(), labels);
            sink.set(AVAILABLE, usage.availableBytes(), labels);
            if (!Double.isNaN(usage.files())) {
                sink.set(FILES, usage.files(), labels);
                sink.set(FILES_FREE, usage.filesFree(), labels);
            }
            sink.set(MOUNT_INFO, 1, info);
        }
    }
}
