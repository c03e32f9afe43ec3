package org.hearthwatch.api.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricType;

/**
 * The samples of one metric in one text, as they stand there: those of a histogram still single lines. Not thread-safe.
 */
public final class TextFamily {

    final String name;
    MetricType type = MetricType.UNKNOWN;
    Optional<String> help = Optional.empty();
    final List<Line> lines = new ArrayList<>();

    TextFamily(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** As the text declares it; unknown where it does not. */
    public MetricType type() {
        return type;
    }

    public Optional<String> help() {
        return help;
    }

    /**
     * Reports it: numbers as they are, the lines of a histogram or summary put together.
     *
     * @param helpText in place of the text's own
     * @throws IllegalArgumentException if the lines make no such metric, or the sink refuses one
     */
    public void report(String helpText, SampleSink sink) {
        FamilyReport.report(this, helpText, sink);
    }

    /**
     * One sample.
     *
     * @param suffix what the line's name has beyond the family's, such as {@code _bucket}; may be empty
     */
    record Line(String suffix, Labels labels, double value) {}
}
