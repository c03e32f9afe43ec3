package org.hearthwatch.collector.host.osgi;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.testkit.RecordedSamples;

/** Writes recorded samples as Prometheus text, families and series sorted, so that two runs can be compared line by line. */
final class Exposition {

    private Exposition() {}

    static String of(RecordedSamples samples) {
        Map<String, Map<String, Double>> families = new TreeMap<>();
        samples.byLabels()
                .forEach((labels, value) -> families.computeIfAbsent(family(labels, samples), name -> new TreeMap<>())
                        .put(series(labels), value));
        var text = new StringBuilder();
        families.forEach((name, series) -> {
            MetricType type =
                    Objects.requireNonNull(samples.families().get(name)).type();
            text.append("# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(type == MetricType.UNKNOWN ? "untyped" : type.word())
                    .append('\n');
            series.forEach((labels, value) ->
                    text.append(labels).append(' ').append(number(value)).append('\n'));
        });
        return text.toString();
    }

    private static String family(Labels labels, RecordedSamples samples) {
        String name = labels.metricName();
        if (!samples.families().containsKey(name)) {
            return name.replaceFirst("_(bucket|sum|count)$", "");
        }
        return name;
    }

    private static String series(Labels labels) {
        return labels.size() == 1 ? labels.metricName() : labels.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e17
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
