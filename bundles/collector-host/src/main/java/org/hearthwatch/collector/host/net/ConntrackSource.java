package org.hearthwatch.collector.host.net;

import java.io.File;
import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's table of connections: how full it is, from {@code /proc/sys/net/netfilter}, and what happened in it, from
 * {@code /proc/net/stat/nf_conntrack} (hexadecimal columns under a line of names, one line per processor). The latter
 * only grow although node_exporter calls them gauges.
 */
public final class ConntrackSource implements Source {

    static final Gauge ENTRIES = Gauge.of("node_nf_conntrack_entries", "Connections in the table");
    static final Gauge LIMIT = Gauge.of("node_nf_conntrack_entries_limit", "Connections the table can hold");

    private static final int MOST_COLUMNS = 64;
    private static final Gauge[] EVENTS = {
        event("found", "Lookups that found a connection"),
        event("invalid", "Packets that could not be tracked"),
        event("ignore", "Packets that are not tracked"),
        event("insert", "Connections put into the table"),
        event("insert_failed", "Connections that could not be put into the table"),
        event("drop", "Packets dropped because tracking failed"),
        event("early_drop", "Connections thrown out to make room"),
        event("search_restart", "Lookups begun anew because the table was resized")
    };

    private final File count;
    private final File max;
    private final File stat;
    private final KernelFiles files;

    public ConntrackSource(HostPaths paths, KernelFiles files) {
        this.count = paths.proc("sys/net/netfilter/nf_conntrack_count");
        this.max = paths.proc("sys/net/netfilter/nf_conntrack_max");
        this.stat = paths.proc("net/stat/nf_conntrack");
        this.files = files;
    }

    private static Gauge event(String name, String help) {
        return Gauge.of("node_nf_conntrack_stat_" + name, help);
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        if (!count.exists()) {
            throw new NoDataException("the kernel tracks no connections");
        }
        sink.set(ENTRIES, files.requiredNumber(count));
        sink.set(LIMIT, files.requiredNumber(max));
        if (stat.exists()) {
            report(files.read(stat), sink);
        }
    }

    static void report(KernelText table, SampleSink sink) throws IOException {
        @Nullable Integer[] columns = new @Nullable Integer[MOST_COLUMNS];
        var sums = new double[EVENTS.length];
        var present = new boolean[EVENTS.length];
        table.nextLine();
        for (int i = 0; i < MOST_COLUMNS && table.nextWord(); i++) {
            for (int event = 0; event < EVENTS.length; event++) {
                if (EVENTS[event].name().equals("node_nf_conntrack_stat_" + table.word())) {
                    columns[i] = event;
                    present[event] = true;
                }
            }
        }
        while (table.nextLine()) {
            for (int i = 0; i < MOST_COLUMNS && table.nextWord(); i++) {
                Integer event = columns[i];
                if (event != null) {
                    sums[event] += table.hexNumber();
                }
            }
        }
        for (int event = 0; event < EVENTS.length; event++) {
            if (present[event]) {
                sink.set(EVENTS[event], sums[event]);
            }
        }
    }
}
