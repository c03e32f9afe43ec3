package org.hearthwatch.collector.host.textfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricType;

/**
 * The samples of one metric in one file, as they stand there: those of a histogram still single lines. Not thread-safe.
 */
final class TextFamily {

    final String name;
    MetricType type = MetricType.UNKNOWN;
    Optional<String> help = Optional.empty();
    final List<Line> lines = new ArrayList<>();

    TextFamily(String name) {
        this.name = name;
    }

    /**
     * One sample.
     *
     * @param suffix what the line's name has beyond the family's, such as {@code _bucket}; may be empty
     */
    record Line(String suffix, Labels labels, double value) {}
}
