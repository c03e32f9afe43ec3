package org.hearthwatch.query.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.query.function.BucketMismatchException;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.GoText;
import org.hearthwatch.query.syntax.TextPosition;

/** What an evaluation has to say beside its result, each thing once, in Prometheus's words. For one thread. */
public final class Notes {

    /** More than these of a kind are only counted. */
    private static final int SHOWN = 10;

    private static final int KEPT = 1000;

    /** A place in the expression, as the index of a character. */
    record Place(int at) {

        /** Where an expression begins. */
        static Place of(Expr expr) {
            return new Place(expr.at());
        }
    }

    private final String text;
    private Duration tier = Duration.ZERO;
    private final Map<String, String> warnings = new LinkedHashMap<>();
    private final Map<String, String> infos = new LinkedHashMap<>();

    /** Notes about an expression. */
    public Notes(String text) {
        this.text = text;
    }

    /** How much was said so far. */
    int count() {
        return warnings.size() + infos.size() + (tier.isZero() ? 0 : 1);
    }

    /** What stores had to say about their data. */
    void storeWarnings(List<String> said) {
        said.stream().limit(KEPT).forEach(warning -> warnings.put(warning, warning));
    }

    void invalidQuantile(double quantile, Place at) {
        warn("quantile value should be between 0 and 1, got " + GoText.compact(quantile), at);
    }

    void invalidRatio(double ratio, double capped, Place at) {
        warn(
                "ratio value should be between -1 and 1, got " + GoText.compact(ratio) + ", capping to "
                        + GoText.compact(capped),
                at);
    }

    void badBucketLabel(String metric, String label, Place at) {
        warn(
                "bucket label \"le\" is missing or has a malformed value of " + GoText.quote(label)
                        + " for metric name " + GoText.quote(metric),
                at);
    }

    void possiblyNoCounter(String metric, Place at) {
        info(
                "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                        + GoText.quote(metric),
                at);
    }

    void mendedHistogram(String metric, Place at) {
        info(
                "input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/"
                        + "prometheus/latest/querying/functions/#histogram_quantile) for metric name "
                        + GoText.quote(metric),
                at);
    }

    void mixedFloatsAndHistograms(String metric, Place at) {
        warn("encountered a mix of histograms and floats for metric name " + GoText.quote(metric), at);
    }

    void mixedFloatsAndHistogramsInAggregation(Place at) {
        warn("encountered a mix of histograms and floats for aggregation", at);
    }

    void mixedClassicAndNative(String metric, Place at) {
        warn("vector contains a mix of classic and native histograms for metric name " + GoText.quote(metric), at);
    }

    void histogramNoCounter(String metric, Place at) {
        warn("this native histogram metric is not a counter: " + GoText.quote(metric), at);
    }

    void histogramNoGauge(String metric, Place at) {
        warn("this native histogram metric is not a gauge: " + GoText.quote(metric), at);
    }

    void bucketMismatch(BucketMismatchException mismatch, String metric, Place at) {
        warn(
                (mismatch.isOfBounds()
                                ? "vector contains histograms with incompatible custom buckets"
                                : "vector contains a mix of histograms with exponential and custom buckets schemas")
                        + " for metric name " + GoText.quote(metric),
                at);
    }

    void bucketMismatchOfOperator(String operator, Place at) {
        warn("incompatible bucket layout encountered for binary operator " + operator, at);
    }

    void incompatibleTypes(String left, String operator, String right, Place at) {
        info(
                "incompatible sample types encountered for binary operator " + GoText.quote(operator) + ": " + left
                        + " " + operator + " " + right,
                at);
    }

    void histogramsIgnored(String aggregation, Place at) {
        info("ignored histogram in " + aggregation + " aggregation", at);
    }

    void histogramsIgnoredInRange(String metric, Place at) {
        info(
                "ignored histograms in a range containing both floats and histograms for metric name "
                        + GoText.quote(metric),
                at);
    }

    void nanIsQuantile(String metric, Place at) {
        info(
                "input to histogram_quantile has NaN observations, result is NaN for metric name "
                        + GoText.quote(metric),
                at);
    }

    void nanSkewsQuantile(String metric, Place at) {
        info(
                "input to histogram_quantile has NaN observations, result is skewed higher for metric name "
                        + GoText.quote(metric),
                at);
    }

    void nanLeftOutOfFraction(String metric, Place at) {
        info(
                "input to histogram_fraction has NaN observations, which are excluded from all fractions for metric"
                        + " name " + GoText.quote(metric),
                at);
    }

    /** That a tier of a resolution stood in for samples. */
    void tier(Duration resolution) {
        if (resolution.compareTo(tier) > 0) {
            tier = resolution;
        }
    }

    /** The coarsest tier that stood in for samples; zero where none did. */
    public Duration tier() {
        return tier;
    }

    /** Empty notes about the same expression. */
    Notes part() {
        return new Notes(text);
    }

    /** Takes over what a part of the work had to say, as if it had been said here. */
    void add(Notes part) {
        part.warnings.forEach((message, told) -> put(warnings, message, told));
        part.infos.forEach((message, told) -> put(infos, message, told));
        tier(part.tier);
    }

    private void warn(String message, Place at) {
        add(warnings, "PromQL warning: " + message, at);
    }

    private void info(String message, Place at) {
        add(infos, "PromQL info: " + message, at);
    }

    /** What is said of several places is told of the last. */
    private void add(Map<String, String> notes, String message, Place at) {
        put(notes, message, message + " (" + TextPosition.of(text, at.at()) + ")");
    }

    private static void put(Map<String, String> notes, String message, String told) {
        if (notes.size() < KEPT || notes.containsKey(message)) {
            notes.put(message, told);
        }
    }

    public List<String> warnings() {
        return shown(warnings, "warning");
    }

    public List<String> infos() {
        List<String> shown = shown(infos, "info");
        if (!tier.isZero()) {
            shown.add("answered from samples of a resolution of " + HumanDuration.format(tier));
        }
        return shown;
    }

    private static List<String> shown(Map<String, String> notes, String kind) {
        var shown = new ArrayList<>(notes.values());
        if (shown.size() > SHOWN) {
            int more = shown.size() - SHOWN;
            shown.subList(SHOWN, shown.size()).clear();
            shown.add(more + " more " + kind + " annotations omitted");
        }
        return shown;
    }
}
