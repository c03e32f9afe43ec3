package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Cell;

/** What is done with rows whatever made them: names dropped, rows of one identity joined. */
final class Rows {

    static final String SAME_LABELS = "vector cannot contain metrics with the same labelset";

    /** The labels that say what a metric is; they no longer fit when its values have been changed. */
    private static final String[] METADATA = {Labels.NAME, "__type__", "__unit__"};

    private Rows() {}

    static Labels withoutMetadata(Labels labels) {
        for (String name : METADATA) {
            if (labels.has(name)) {
                return labels.without(METADATA);
            }
        }
        return labels;
    }

    /** A row with other values, for which the name no longer fits. */
    static Row renamed(Query query, Row row, double[] cells) {
        return query.keepsNamesToTheEnd()
                ? new Row(row.labels(), true, cells)
                : new Row(withoutMetadata(row.labels()), cells);
    }

    static void requireDistinct(List<Row> rows) {
        Set<Labels> seen = new HashSet<>();
        for (Row row : rows) {
            if (!seen.add(row.labels())) {
                throw new EvaluationException(SAME_LABELS);
            }
        }
    }

    /** Joins rows with the same labels, which must not both have a value at one step. */
    static List<Row> merged(List<Row> rows) {
        return merged(rows, SAME_LABELS);
    }

    static List<Row> merged(List<Row> rows, String complaint) {
        Map<Labels, Row> byLabels = new HashMap<>();
        List<Row> merged = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Row first = byLabels.putIfAbsent(row.labels(), row);
            if (first == null) {
                merged.add(row);
            } else {
                merge(row.cells(), first.cells(), complaint);
            }
        }
        return merged;
    }

    private static void merge(double[] cells, double[] into, String complaint) {
        for (int step = 0; step < cells.length; step++) {
            if (!Cell.isAbsent(cells[step])) {
                if (!Cell.isAbsent(into[step])) {
                    throw new EvaluationException(complaint);
                }
                into[step] = cells[step];
            }
        }
    }
}
