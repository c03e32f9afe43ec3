package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.syntax.GoText;

/** A series as Prometheus's messages show it: all labels in braces, the name among them. */
final class SeriesText {

    private SeriesText() {}

    static String of(Labels labels) {
        List<String> parts = new ArrayList<>();
        labels.forEach((name, value) -> parts.add(name(name) + "=" + GoText.quote(value)));
        return "{" + String.join(", ", parts) + "}";
    }

    private static String name(String name) {
        return name.matches("[a-zA-Z_][a-zA-Z0-9_]*") ? name : GoText.quote(name);
    }
}
