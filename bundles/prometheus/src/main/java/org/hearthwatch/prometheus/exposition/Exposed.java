package org.hearthwatch.prometheus.exposition;

import java.util.List;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Summary;

/**
 * A series as it is exposed: names escaped, and those of this machine without job and instance. Made once and kept while
 * the series is there.
 *
 * @param stored the metric name before escaping, by which its family is known
 * @param name the metric name
 * @param identity all labels, the name among them; two series of one identity would be one to the scraper
 * @param group the labels that the parts of one histogram or summary have in common
 * @param part of a group: 0 for buckets and quantiles, then the sum, then the count
 * @param bound of a bucket, or rank of a quantile
 */
record Exposed(
        String stored,
        String name,
        Labels identity,
        List<String> labelNames,
        List<String> labelValues,
        Labels group,
        int part,
        double bound) {

    private static final String JOB = "job";
    private static final String INSTANCE = "instance";

    static Exposed of(Labels series, String localInstance) {
        boolean local = series.get(INSTANCE).equals(localInstance);
        var labels = Labels.builder();
        series.forEach((label, value) -> {
            if (label.equals(Labels.NAME)) {
                labels.set(label, LegacyNames.metric(value));
            } else if (!local || !(label.equals(JOB) || label.equals(INSTANCE))) {
                labels.set(LegacyNames.label(label), value);
            }
        });
        Labels identity = labels.build();
        Labels own = identity.without(Labels.NAME);
        String stored = series.metricName();
        String bound = own.get(Histogram.BOUND) + own.get(Summary.QUANTILE);
        return new Exposed(
                stored,
                identity.metricName(),
                identity,
                List.copyOf(own.asMap().keySet()),
                List.copyOf(own.asMap().values()),
                own.without(Histogram.BOUND, Summary.QUANTILE),
                !bound.isEmpty() ? 0 : stored.endsWith("_sum") ? 1 : 2,
                number(bound));
    }

    private static double number(String bound) {
        try {
            return bound.isEmpty() || bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
