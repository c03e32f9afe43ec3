package org.hearthwatch.prometheus.otlp;

import java.util.Set;
import java.util.function.Predicate;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.prometheus.in.Push;
import org.hearthwatch.prometheus.in.TooMuchException;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.WireException;

/**
 * Reads {@code ExportMetricsServiceRequest} (opentelemetry-proto 1) into a push. Fields may come in any order: what others
 * depend on is looked for first. For one request.
 */
final class MetricsRequest {

    private static final int DELTA = 1;
    private static final int CUMULATIVE = 2;
    private static final Set<String> IDENTITY = Set.of("service.name", "service.namespace", "service.instance.id");

    private final Push push;
    private final ProtoReader in;
    private final Predicate<String> promoted;
    private final Points points;

    /** @param promoted which resource attributes become labels of every series */
    MetricsRequest(Push push, ProtoReader in, Predicate<String> promoted) {
        this.push = push;
        this.in = in;
        this.promoted = promoted;
        this.points = new Points(push, in);
    }

    /** How many data points there were. */
    int points() {
        return points.count();
    }

    /** How many of them were refused. */
    int rejected() {
        return points.rejected();
    }

    void read() throws WireException, TooMuchException {
        while (in.next()) {
            if (in.field() == 1) {
                resourceMetrics();
            } else {
                in.skip();
            }
        }
    }

    private void resourceMetrics() throws WireException, TooMuchException {
        int outer = in.enter();
        int begin = in.at();
        var resource = new Attributes();
        while (in.next()) {
            if (in.field() == 1) {
                attributes(resource);
            } else {
                in.skip();
            }
        }
        Labels target = target(resource);
        points.begin(labelsOfAll(resource, target));
        in.moveTo(begin);
        while (in.next()) {
            if (in.field() == 2) {
                scopeMetrics();
            } else {
                in.skip();
            }
        }
        in.leave(outer);
        targetInfo(resource, target);
    }

    private void attributes(Attributes into) throws WireException {
        int outer = in.enter();
        while (in.next()) {
            if (in.field() == 1) {
                into.read(in);
            } else {
                in.skip();
            }
        }
        in.leave(outer);
    }

    /** Job and instance, as far as the resource says. */
    private static Labels target(Attributes resource) {
        String namespace = resource.get("service.namespace");
        String name = resource.get("service.name");
        return Labels.builder()
                .set("job", namespace.isEmpty() || name.isEmpty() ? name : namespace + "/" + name)
                .set("instance", resource.get("service.instance.id"))
                .build();
    }

    private Labels labelsOfAll(Attributes resource, Labels target) {
        var labels = Labels.builder();
        resource.values().forEach((key, value) -> {
            String label = Translation.label(key);
            if (promoted.test(key) && !label.isEmpty()) {
                labels.set(label, value);
            }
        });
        target.forEach(labels::set);
        return labels.build();
    }

    /** Tells the rest of the resource's attributes once, for joins. */
    private void targetInfo(Attributes resource, Labels target) throws TooMuchException {
        boolean more = resource.values().keySet().stream().anyMatch(key -> !IDENTITY.contains(key));
        if (target.isEmpty() || !more || points.newest() == Long.MIN_VALUE) {
            return;
        }
        var others = new Attributes();
        resource.values().forEach((key, value) -> {
            if (!IDENTITY.contains(key)) {
                others.values().put(key, value);
            }
        });
        var labels = Labels.builder();
        others.addTo(labels);
        target.forEach(labels::set);
        labels.set(Labels.NAME, "target_info");
        push.family(new MetricMetadata("target_info", MetricType.GAUGE, "Target metadata", ""));
        points.number(labels, points.newest(), 1);
    }

    private void scopeMetrics() throws WireException, TooMuchException {
        int outer = in.enter();
        while (in.next()) {
            if (in.field() == 2) {
                metric();
            } else {
                in.skip();
            }
        }
        in.leave(outer);
    }

    private void metric() throws WireException, TooMuchException {
        int outer = in.enter();
        int begin = in.at();
        String name = "";
        String description = "";
        String unit = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.string();
                case 2 -> description = in.string();
                case 3 -> unit = in.string();
                default -> in.skip();
            }
        }
        in.moveTo(begin);
        while (in.next()) {
            switch (in.field()) {
                case 5 -> data(5, name, description, unit);
                case 7 -> data(7, name, description, unit);
                case 9 -> data(9, name, description, unit);
                case 10 -> data(10, name, description, unit);
                case 11 -> data(11, name, description, unit);
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    /** Reads a gauge (5), sum (7), histogram (9), exponential histogram (10) or summary (11). */
    private void data(int kind, String name, String description, String unit) throws WireException, TooMuchException {
        int outer = in.enter();
        int begin = in.at();
        int temporality = 0;
        boolean monotonic = false;
        while (in.next()) {
            switch (in.field()) {
                case 2 -> temporality = (int) in.integer();
                case 3 -> monotonic = in.integer() != 0;
                default -> in.skip();
            }
        }
        boolean counter = kind == 7 && monotonic && temporality == CUMULATIVE;
        String translated = Translation.metric(name, unit, counter, kind == 5);
        boolean counts = kind == 7 || kind == 9 || kind == 10;
        String fault = translated.isEmpty()
                ? "a metric without a name"
                : counts && temporality == DELTA
                        ? "delta temporality; let the sender export cumulative values"
                        : counts && temporality != CUMULATIVE ? "unspecified temporality" : "";
        if (fault.isEmpty()) {
            push.family(new MetricMetadata(translated, type(kind, counter), description, unit));
        }
        in.moveTo(begin);
        while (in.next()) {
            if (in.field() != 1) {
                in.skip();
            } else if (!fault.isEmpty()) {
                in.skip();
                points.reject(fault, name);
            } else {
                points.read(kind, translated);
            }
        }
        in.leave(outer);
    }

    private static MetricType type(int kind, boolean counter) {
        return switch (kind) {
            case 9, 10 -> MetricType.HISTOGRAM;
            case 11 -> MetricType.SUMMARY;
            default -> counter ? MetricType.COUNTER : MetricType.GAUGE;
        };
    }
}
