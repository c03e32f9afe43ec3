package org.hearthwatch.collector.runtime;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Summary;

/**
 * The Java machine, under the names that the Prometheus client library's hotspot module gave these figures, so that
 * dashboards made for it fit.
 */
public final class JvmCollector implements Collector {

    private static final Usage AREA = Usage.of("jvm_memory_bytes_%s", "%s bytes of a JVM memory area", "area");
    private static final Usage POOL = Usage.of("jvm_memory_pool_bytes_%s", "%s bytes of a JVM memory pool", "pool");
    private static final Gauge POOL_AFTER_GC = Gauge.of(
            "jvm_memory_pool_collection_used_bytes", "Used bytes of a pool after its newest collection", "pool");
    private static final Gauge PENDING_FINALIZATION =
            Gauge.of("jvm_memory_objects_pending_finalization", "Objects waiting to be finalized");
    private static final Summary GC =
            Summary.of("jvm_gc_collection_seconds", "Time spent in a garbage collector, and its collections", "gc");
    private static final Gauge BUFFERS = Gauge.of("jvm_buffer_pool_used_buffers", "Buffers of a pool", "pool");
    private static final Gauge BUFFER_BYTES =
            Gauge.of("jvm_buffer_pool_used_bytes", "Bytes used by the buffers of a pool", "pool");
    private static final Gauge BUFFER_CAPACITY =
            Gauge.of("jvm_buffer_pool_capacity_bytes", "Capacity of the buffers of a pool", "pool");
    private static final Gauge THREADS = Gauge.of("jvm_threads_current", "Live threads");
    private static final Gauge DAEMONS = Gauge.of("jvm_threads_daemon", "Live daemon threads");
    private static final Gauge PEAK = Gauge.of("jvm_threads_peak", "The most live threads so far");
    private static final Counter STARTED = Counter.of("jvm_threads_started_total", "Threads started so far");
    private static final Gauge DEADLOCKED =
            Gauge.of("jvm_threads_deadlocked", "Threads that wait for each other for ever");
    private static final Gauge STATES = Gauge.of("jvm_threads_state", "Live threads by state", "state");
    private static final Gauge CLASSES = Gauge.of("jvm_classes_currently_loaded", "Classes loaded now");
    private static final Counter CLASSES_LOADED = Counter.of("jvm_classes_loaded_total", "Classes loaded so far");
    private static final Counter CLASSES_UNLOADED = Counter.of("jvm_classes_unloaded_total", "Classes unloaded so far");
    private static final Gauge INFO =
            Gauge.of("jvm_info", "The Java machine; always 1", "version", "vendor", "runtime");

    @Override
    public void collect(SampleSink sink) {
        memory(sink);
        collections(sink);
        threads(sink);
        classes(sink);
        sink.set(
                INFO,
                1,
                System.getProperty("java.runtime.version", "unknown"),
                System.getProperty("java.vm.vendor", "unknown"),
                System.getProperty("java.runtime.name", "unknown"));
    }

    private static void memory(SampleSink sink) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        AREA.report(sink, memory.getHeapMemoryUsage(), "heap");
        AREA.report(sink, memory.getNonHeapMemoryUsage(), "nonheap");
        sink.set(PENDING_FINALIZATION, memory.getObjectPendingFinalizationCount());
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            POOL.report(sink, pool.getUsage(), pool.getName());
            Optional.ofNullable(pool.getCollectionUsage())
                    .ifPresent(usage -> sink.set(POOL_AFTER_GC, (double) usage.getUsed(), pool.getName()));
        }
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            sink.set(BUFFERS, (double) pool.getCount(), pool.getName());
            sink.set(BUFFER_BYTES, (double) pool.getMemoryUsed(), pool.getName());
            sink.set(BUFFER_CAPACITY, (double) pool.getTotalCapacity(), pool.getName());
        }
    }

    private static void collections(SampleSink sink) {
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            sink.set(
                    GC,
                    new Summary.Snapshot(List.of(), gc.getCollectionCount(), gc.getCollectionTime() / 1e3),
                    Labels.of("gc", gc.getName()));
        }
    }

    private static void threads(SampleSink sink) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        sink.set(THREADS, threads.getThreadCount());
        sink.set(DAEMONS, threads.getDaemonThreadCount());
        sink.set(PEAK, threads.getPeakThreadCount());
        sink.set(STARTED, (double) threads.getTotalStartedThreadCount());
        sink.set(
                DEADLOCKED,
                Optional.ofNullable(threads.findDeadlockedThreads())
                        .map(ids -> ids.length)
                        .orElse(0));
        Map<Thread.State, Integer> states = new EnumMap<>(Thread.State.class);
        for (Thread.State state : Thread.State.values()) {
            states.put(state, 0);
        }
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds(), 0)) {
            // A thread may have ended since its id was read.
            if (thread != null) {
                states.merge(thread.getThreadState(), 1, Integer::sum);
            }
        }
        states.forEach((state, count) -> sink.set(STATES, count, state.name()));
    }

    private static void classes(SampleSink sink) {
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        sink.set(CLASSES, classes.getLoadedClassCount());
        sink.set(CLASSES_LOADED, (double) classes.getTotalLoadedClassCount());
        sink.set(CLASSES_UNLOADED, (double) classes.getUnloadedClassCount());
    }

    /** The four figures of a piece of memory; -1 stands for a bound that is not defined. */
    private record Usage(Gauge used, Gauge committed, Gauge max, Gauge init) {

        static Usage of(String name, String help, String label) {
            return new Usage(
                    gauge(name, help, "used", label),
                    gauge(name, help, "committed", label),
                    gauge(name, help, "max", label),
                    gauge(name, help, "init", label));
        }

        void report(SampleSink sink, MemoryUsage usage, String which) {
            sink.set(used, (double) usage.getUsed(), which);
            sink.set(committed, (double) usage.getCommitted(), which);
            sink.set(max, (double) usage.getMax(), which);
            sink.set(init, (double) usage.getInit(), which);
        }

        private static Gauge gauge(String name, String help, String kind, String label) {
            String word = Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
            return Gauge.of(name.formatted(kind), help.formatted(word), label);
        }
    }
}
