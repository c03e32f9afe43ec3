package org.hearthwatch.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.GoText;

/** Answers as promtool shows them: {@code up{job="x"} => 1 @[1700000000]}. */
final class AnswerText {

    private AnswerText() {}

    /** @param data with {@code resultType} and {@code result} */
    static String of(JsonNode data) {
        JsonNode result = data.path("result");
        var lines = new ArrayList<String>();
        switch (data.path("resultType").asText()) {
            case "scalar" -> lines.add("scalar: " + result.path(1).asText() + " @[" + time(result.path(0)) + "]");
            case "string" -> lines.add(result.path(1).asText());
            case "vector" -> {
                for (JsonNode sample : result) {
                    lines.add(metric(sample.path("metric")) + " => " + point(sample, "value", "histogram"));
                }
            }
            default -> {
                for (JsonNode series : result) {
                    lines.add(metric(series.path("metric")) + " =>");
                    lines.addAll(points(series));
                }
            }
        }
        return String.join("\n", lines);
    }

    private static List<String> points(JsonNode series) {
        var points = new TreeMap<Double, String>();
        for (JsonNode value : series.path("values")) {
            points.put(value.path(0).asDouble(), number(value.path(1)) + " @[" + time(value.path(0)) + "]");
        }
        for (JsonNode value : series.path("histograms")) {
            points.put(value.path(0).asDouble(), histogram(value.path(1)) + " @[" + time(value.path(0)) + "]");
        }
        return List.copyOf(points.values());
    }

    private static String point(JsonNode sample, String value, String histogram) {
        return sample.has(value)
                ? number(sample.path(value).path(1)) + " @["
                        + time(sample.path(value).path(0)) + "]"
                : histogram(sample.path(histogram).path(1)) + " @["
                        + time(sample.path(histogram).path(0)) + "]";
    }

    private static String number(JsonNode text) {
        return GoNumber.format(GoNumber.tryParse(text.asText()).orElse(Double.NaN), 'f', GoNumber.SHORTEST);
    }

    private static String time(JsonNode seconds) {
        return GoNumber.format(seconds.asDouble(), 'f', GoNumber.SHORTEST);
    }

    private static String histogram(JsonNode histogram) {
        var buckets = new StringJoiner(" ", "[", "]");
        for (JsonNode bucket : histogram.path("buckets")) {
            int rule = bucket.path(0).asInt();
            buckets.add((rule == 1 || rule == 3 ? "[" : "(")
                    + bucket.path(1).asText() + "," + bucket.path(2).asText()
                    + (rule == 0 || rule == 3 ? "]" : ")") + ":"
                    + bucket.path(3).asText());
        }
        return "Count: " + fixed(histogram.path("count")) + ", Sum: " + fixed(histogram.path("sum")) + ", Buckets: "
                + buckets;
    }

    private static String fixed(JsonNode text) {
        return GoNumber.format(GoNumber.tryParse(text.asText()).orElse(Double.NaN), 'f', 6);
    }

    private static String metric(JsonNode metric) {
        var labels = new TreeMap<String, String>();
        for (Map.Entry<String, JsonNode> label : metric.properties()) {
            labels.put(label.getKey(), label.getValue().asText());
        }
        String name = labels.containsKey("__name__") ? String.valueOf(labels.remove("__name__")) : "";
        if (labels.isEmpty() && !name.isEmpty()) {
            return name;
        }
        var text = new StringJoiner(", ", name + "{", "}");
        labels.forEach((label, value) -> text.add(label + "=" + GoText.quote(value)));
        return text.toString();
    }
}
