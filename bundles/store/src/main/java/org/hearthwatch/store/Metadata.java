package org.hearthwatch.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hearthwatch.api.metric.MetricMetadata;

/** What was said of metric families, up to a number of them and a length of text. Thread-safe. */
final class Metadata {

    private static final int MOST = 20_000;
    private static final int LONGEST = 1024;
    private static final List<String> SUFFIXES = List.of("_bucket", "_sum", "_count", "_total", "_created", "_info");

    private final Map<String, MetricMetadata> families = new ConcurrentHashMap<>();

    void add(List<MetricMetadata> described) {
        for (MetricMetadata family : described) {
            if (!family.equals(families.get(family.name()))
                    && (families.size() < MOST || families.containsKey(family.name()))
                    && family.name().length() <= LONGEST) {
                families.put(family.name(), bounded(family));
            }
        }
    }

    private static MetricMetadata bounded(MetricMetadata family) {
        if (family.help().length() <= LONGEST && family.unit().length() <= LONGEST) {
            return family;
        }
        return new MetricMetadata(family.name(), family.type(), cut(family.help()), cut(family.unit()));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** What is known of the family a metric belongs to, such as a histogram's for its buckets. */
    Optional<MetricMetadata> familyOf(String metric) {
        MetricMetadata family = families.get(metric);
        for (int i = 0; family == null && i < SUFFIXES.size(); i++) {
            String suffix = SUFFIXES.get(i);
            if (metric.endsWith(suffix)) {
                family = families.get(metric.substring(0, metric.length() - suffix.length()));
            }
        }
        return Optional.ofNullable(family);
    }

    Collection<MetricMetadata> all() {
        return List.copyOf(families.values());
    }
}
