package org.hearthwatch.collector.host.net;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Untyped;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.MalformedException;
import org.hearthwatch.collector.host.kernel.WordCache;

/**
 * Counters of the network protocols, from {@code /proc/net/netstat}, {@code snmp} and {@code snmp6}, as far as a pattern
 * finds {@code <Protocol>_<Field>}. Without a type, as in node_exporter.
 */
public final class NetstatSource implements Source {

    private static final int MOST_FIELDS = 2048;
    private static final List<String> IPV6_PROTOCOLS = List.of("Icmp6", "Ip6", "UdpLite6", "Udp6");

    private final File netstat;
    private final File snmp;
    private final File snmp6;
    private final KernelFiles files;
    private final NameFilter kept;
    private final WordCache<Columns> columns;
    private final WordCache<Optional<Untyped>> ipv6;

    /** @param kept which fields, as {@code <Protocol>_<Field>} */
    public NetstatSource(HostPaths paths, KernelFiles files, NameFilter kept) {
        this.netstat = paths.proc("net/netstat");
        this.snmp = paths.proc("net/snmp");
        this.snmp6 = paths.proc("net/snmp6");
        this.files = files;
        this.kept = kept;
        this.columns = new WordCache<>(MOST_FIELDS, this::columns);
        this.ipv6 = new WordCache<>(MOST_FIELDS, this::ipv6Metric);
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        reportTable(files.read(netstat), sink);
        reportTable(files.read(snmp), sink);
        // Not there without IPv6.
        if (snmp6.exists()) {
            reportIpv6(files.read(snmp6), sink);
        }
    }

    /** Pairs of lines: {@code TcpExt: A B C} with names, then {@code TcpExt: 1 2 3} with their values. */
    void reportTable(KernelText table, SampleSink sink) throws IOException {
        while (table.nextLine()) {
            table.rest();
            if (table.wordLength() == 0) {
                continue;
            }
            Columns header = columns.of(table);
            if (!table.nextLine() || !table.nextUntil(':') || !table.wordIs(header.protocol)) {
                throw table.malformed("the values of " + header.protocol);
            }
            for (Optional<Untyped> metric : header.metrics) {
                if (!table.nextWord()) {
                    throw table.malformed("a value for every name of " + header.protocol);
                }
                if (metric.isPresent()) {
                    sink.set(metric.get(), table.signedNumber());
                }
            }
        }
    }

    /** One line for each: {@code Ip6InOctets 123}. */
    void reportIpv6(KernelText lines, SampleSink sink) throws MalformedException {
        while (lines.nextLine()) {
            if (lines.nextWord()) {
                Optional<Untyped> metric = ipv6.of(lines);
                if (metric.isPresent()) {
                    sink.set(metric.get(), lines.nextNumber());
                }
            }
        }
    }

    private Columns columns(String header) {
        int colon = header.indexOf(':');
        String protocol = colon < 0 ? "" : header.substring(0, colon);
        var metrics = new ArrayList<Optional<Untyped>>();
        for (String field : header.substring(colon + 1).trim().split("\\s+", MOST_FIELDS)) {
            metrics.add(metric(protocol, field));
        }
        return new Columns(protocol, metrics);
    }

    private Optional<Untyped> ipv6Metric(String name) {
        for (String protocol : IPV6_PROTOCOLS) {
            if (name.startsWith(protocol)) {
                return metric(protocol, name.substring(protocol.length()));
            }
        }
        return Optional.empty();
    }

    private Optional<Untyped> metric(String protocol, String field) {
        if (!kept.accepts(protocol + "_" + field)) {
            return Optional.empty();
        }
        return Optional.of(Untyped.of(
                "node_netstat_" + protocol + "_" + field, "The counter " + field + " of the protocol " + protocol));
    }

    private record Columns(String protocol, List<Optional<Untyped>> metrics) {}
}
