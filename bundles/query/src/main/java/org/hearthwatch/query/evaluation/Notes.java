package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.GoText;
import org.hearthwatch.query.syntax.TextPosition;

/** What an evaluation has to say beside its result, each thing once, in Prometheus's words. For one thread. */
public final class Notes {

    /** More than these of a kind are only counted. */
    private static final int SHOWN = 10;

    private static final int KEPT = 1000;

    private final String text;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> infos = new LinkedHashSet<>();

    /** Notes about an expression. */
    public Notes(String text) {
        this.text = text;
    }

    /** What stores had to say about their data. */
    void storeWarnings(List<String> said) {
        said.stream().limit(KEPT).forEach(warnings::add);
    }

    void invalidQuantile(double quantile, Expr at) {
        warn("quantile value should be between 0 and 1, got " + GoText.compact(quantile), at);
    }

    void invalidRatio(double ratio, double capped, Expr at) {
        warn(
                "ratio value should be between -1 and 1, got " + GoText.compact(ratio) + ", capping to "
                        + GoText.compact(capped),
                at);
    }

    void badBucketLabel(String metric, String label, Expr at) {
        warn(
                "bucket label \"le\" is missing or has a malformed value of " + GoText.quote(label)
                        + " for metric name " + GoText.quote(metric),
                at);
    }

    void possiblyNoCounter(String metric, Expr at) {
        info(
                "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                        + GoText.quote(metric),
                at);
    }

    void mendedHistogram(String metric, Expr at) {
        info(
                "input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/"
                        + "prometheus/latest/querying/functions/#histogram_quantile) for metric name "
                        + GoText.quote(metric),
                at);
    }

    private void warn(String message, Expr at) {
        add(warnings, "PromQL warning: " + message, at);
    }

    private void info(String message, Expr at) {
        add(infos, "PromQL info: " + message, at);
    }

    private void add(Set<String> notes, String message, Expr at) {
        if (notes.size() < KEPT) {
            notes.add(message + " (" + TextPosition.of(text, at.at()) + ")");
        }
    }

    public List<String> warnings() {
        return shown(warnings, "warning");
    }

    public List<String> infos() {
        return shown(infos, "info");
    }

    private static List<String> shown(Set<String> notes, String kind) {
        var shown = new ArrayList<>(notes);
        if (shown.size() > SHOWN) {
            int more = shown.size() - SHOWN;
            shown.subList(SHOWN, shown.size()).clear();
            shown.add(more + " more " + kind + " annotations omitted");
        }
        return shown;
    }
}
