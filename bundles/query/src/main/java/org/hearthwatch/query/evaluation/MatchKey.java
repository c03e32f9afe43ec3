package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.syntax.VectorMatching;

/** By which labels series of two vectors find each other. */
record MatchKey(VectorMatching matching) {

    Labels of(Labels labels) {
        if (matching.on()) {
            return labels.only(matching.labels());
        }
        var ignored = new ArrayList<>(matching.labels());
        ignored.add(Labels.NAME);
        return labels.without(ignored);
    }

    Map<Labels, List<Row>> group(List<Row> rows) {
        Map<Labels, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            groups.computeIfAbsent(of(row.labels()), key -> new ArrayList<>(1)).add(row);
        }
        return groups;
    }
}
