package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Distribution;
import org.jspecify.annotations.Nullable;

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

    /** A row with other values, some of them histograms, for which the name no longer fits. */
    static Row renamed(Query query, Row row, double[] cells, @Nullable Distribution @Nullable [] histograms) {
        return query.keepsNamesToTheEnd()
                ? new Row(row.labels(), true, cells, histograms)
                : new Row(withoutMetadata(row.labels()), false, cells, histograms);
    }

    /** What the asker gets to see of a row's labels. */
    static Labels finalLabels(Query query, Row row) {
        return query.keepsNamesToTheEnd() && row.nameGoes() ? withoutMetadata(row.labels()) : row.labels();
    }

    static void requireDistinct(List<Row> rows) {
        Set<Labels> seen = new HashSet<>();
        for (Row row : rows) {
            // A series without any sample is no series.
            if (!seen.add(row.labels())) {
                requireDistinctLabels(rows.stream()
                        .filter(other -> !other.isEmpty())
                        .map(Row::labels)
                        .toList());
                return;
            }
        }
    }

    static void requireDistinctLabels(List<Labels> labels) {
        if (labels.stream().distinct().count() < labels.size()) {
            throw new EvaluationException(SAME_LABELS);
        }
    }

    /** Joins rows with the same labels, which must not both have a value at one step. */
    static List<Row> merged(List<Row> rows) {
        return merged(rows, SAME_LABELS);
    }

    static List<Row> merged(List<Row> rows, String complaint) {
        Map<Labels, Integer> places = new HashMap<>();
        List<Row> merged = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Integer place = places.putIfAbsent(row.labels(), merged.size());
            if (place == null) {
                merged.add(row);
            } else {
                merged.set(place, merge(row, merged.get(place), complaint));
            }
        }
        return merged;
    }

    private static Row merge(Row row, Row first, String complaint) {
        // A row without any sample is no series and has no say in what becomes of the name.
        boolean nameGoes = first.isEmpty() ? row.nameGoes() : first.nameGoes();
        @Nullable Distribution @Nullable [] histograms = first.histograms();
        if (histograms == null && row.histograms() != null) {
            histograms = new Distribution[row.cells().length];
        }
        for (int step = 0; step < row.cells().length; step++) {
            if (row.isPresent(step)) {
                if (first.isPresent(step)) {
                    throw new EvaluationException(complaint);
                }
                first.cells()[step] = row.cells()[step];
                if (histograms != null) {
                    histograms[step] = row.histogram(step);
                }
            }
        }
        return new Row(first.labels(), nameGoes, first.cells(), histograms);
    }
}
