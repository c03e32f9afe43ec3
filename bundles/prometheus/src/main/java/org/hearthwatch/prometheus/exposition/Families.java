package org.hearthwatch.prometheus.exposition;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;

/** Puts series into their families, which are written in order of name; a family's samples are made when it is written. */
final class Families {

    private static final Comparator<Entry> PARTS = Comparator.<Entry, Labels>comparing(
                    entry -> entry.series().group())
            .thenComparingInt(entry -> entry.series().part())
            .thenComparingDouble(entry -> entry.series().bound());

    private final Map<String, MetricMetadata> metadata = new HashMap<>();
    private final Map<String, Family> bySeriesName = new HashMap<>();
    private final TreeMap<String, Family> families = new TreeMap<>();

    Families(Collection<MetricMetadata> known) {
        known.forEach(family -> metadata.put(family.name(), family));
    }

    void add(Exposed series, double value) {
        Family family = bySeriesName.get(series.stored());
        if (family == null) {
            family = familyOf(series);
            bySeriesName.put(series.stored(), family);
        }
        family.entries.add(new Entry(series, value));
    }

    @SuppressWarnings("JdkObsolete") // what simpleclient reads from
    Enumeration<MetricFamilySamples> enumerate() {
        Iterator<Family> all = families.values().iterator();
        return new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return all.hasNext();
            }

            @Override
            public MetricFamilySamples nextElement() {
                return all.next().samples();
            }
        };
    }

    private Family familyOf(Exposed series) {
        MetricMetadata family = metadataOf(series.stored());
        String name = LegacyNames.metric(family.name());
        return families.computeIfAbsent(name, n -> new Family(n, type(family), family.help()));
    }

    /** A series of unknown family is a family of its own. */
    private MetricMetadata metadataOf(String name) {
        MetricMetadata own = metadata.get(name);
        if (own != null) {
            return own;
        }
        for (String suffix : List.of("_bucket", "_sum", "_count")) {
            if (name.endsWith(suffix)) {
                MetricMetadata whole = metadata.get(name.substring(0, name.length() - suffix.length()));
                if (whole != null && hasParts(whole.type())) {
                    return whole;
                }
            }
        }
        return new MetricMetadata(name, MetricType.UNKNOWN, "", "");
    }

    private static boolean hasParts(MetricType type) {
        return type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
    }

    private static Collector.Type type(MetricMetadata family) {
        return switch (family.type()) {
            // simpleclient would add _total to a counter without, and its name must stay what queries know it by.
            case COUNTER -> family.name().endsWith("_total") ? Collector.Type.COUNTER : Collector.Type.UNKNOWN;
            case GAUGE, INFO, STATESET -> Collector.Type.GAUGE;
            case HISTOGRAM -> Collector.Type.HISTOGRAM;
            case SUMMARY -> Collector.Type.SUMMARY;
            case GAUGEHISTOGRAM, UNKNOWN -> Collector.Type.UNKNOWN;
        };
    }

    private record Entry(Exposed series, double value) {}

    private static final class Family {

        private final String name;
        private final Collector.Type type;
        private final String help;
        private final List<Entry> entries = new ArrayList<>();

        Family(String name, Collector.Type type, String help) {
            this.name = name;
            this.type = type;
            this.help = help;
        }

        MetricFamilySamples samples() {
            if (type == Collector.Type.HISTOGRAM || type == Collector.Type.SUMMARY) {
                entries.sort(PARTS);
            }
            var samples = new ArrayList<MetricFamilySamples.Sample>(entries.size());
            for (Entry entry : entries) {
                Exposed series = entry.series();
                samples.add(new MetricFamilySamples.Sample(
                        series.name(), series.labelNames(), series.labelValues(), entry.value()));
            }
            return new MetricFamilySamples(name, type, help, samples);
        }
    }
}
