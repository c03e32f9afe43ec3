package org.hearthwatch.collector.host.net;

import java.io.File;
import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.WordCache;

/** Sockets in use, from {@code /proc/net/sockstat} and {@code sockstat6}. */
public final class SockstatSource implements Source {

    private static final int MOST_FIELDS = 256;

    private final File sockstat;
    private final File sockstat6;
    private final KernelFiles files;
    private final int pageSize;
    private final WordCache<WordCache<Field>> protocols =
            new WordCache<>(MOST_FIELDS, protocol -> new WordCache<>(MOST_FIELDS, field -> Field.of(protocol, field)));

    /** @param pageSize of memory, in bytes */
    public SockstatSource(HostPaths paths, KernelFiles files, int pageSize) {
        this.sockstat = paths.proc("net/sockstat");
        this.sockstat6 = paths.proc("net/sockstat6");
        this.files = files;
        this.pageSize = pageSize;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        report(files.read(sockstat), sink);
        // Not there without IPv6.
        if (sockstat6.exists()) {
            report(files.read(sockstat6), sink);
        }
    }

    /** Lines such as {@code TCP: inuse 4 orphan 0 mem 1}. */
    void report(KernelText lines, SampleSink sink) throws IOException {
        while (lines.nextLine()) {
            if (!lines.nextUntil(':')) {
                throw lines.malformed("a protocol with a colon");
            }
            WordCache<Field> fields = protocols.of(lines);
            while (lines.nextWord()) {
                Field field = fields.of(lines);
                double value = lines.nextNumber();
                sink.set(field.metric, value);
                if (field.isPages) {
                    sink.set(field.bytes, value * pageSize);
                }
            }
        }
    }

    /** A field's metric, and the one in bytes where it counts pages. */
    private record Field(Gauge metric, boolean isPages, Gauge bytes) {

        static Field of(String protocol, String field) {
            String name = "node_sockstat_" + protocol + "_" + field;
            String help = "The field " + field + " of " + protocol + " sockets";
            return new Field(
                    Gauge.of(name, help), field.equals("mem"), Gauge.of(name + "_bytes", help + ", pages as bytes"));
        }
    }
}
