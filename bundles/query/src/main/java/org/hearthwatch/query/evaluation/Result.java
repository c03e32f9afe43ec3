package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;

/** Turns what was evaluated into what the asker gets. */
record Result(Query query, Steps steps) {

    QueryValue instant(Answer answer) {
        if (answer instanceof Answer.Scalar scalar) {
            return new QueryValue.Scalar(steps.start(), scalar.cells()[0]);
        }
        if (answer instanceof Answer.Text text) {
            return new QueryValue.Text(steps.start(), text.value());
        }
        if (answer instanceof Answer.Matrix matrix) {
            return new QueryValue.Matrix(sorted(matrix.series()));
        }
        var samples = new ArrayList<Sample>();
        for (Row row : named(((Answer.Vector) answer).rows())) {
            Distribution histogram = row.histogram(0);
            if (histogram != null) {
                samples.add(new Sample(row.labels(), steps.start(), histogram.toApi()));
            } else if (row.has(0)) {
                samples.add(new Sample(row.labels(), steps.start(), row.cells()[0]));
            }
        }
        return new QueryValue.Vector(samples);
    }

    QueryValue range(Answer answer) {
        var series = new ArrayList<QueryValue.Series>();
        if (answer instanceof Answer.Scalar scalar) {
            series.add(series(new Row(Labels.EMPTY, scalar.cells())));
        } else if (answer instanceof Answer.Vector vector) {
            for (Row row : named(vector.rows())) {
                if (!row.isEmpty()) {
                    series.add(series(row));
                }
            }
        }
        return new QueryValue.Matrix(sorted(series));
    }

    private List<Row> named(List<Row> rows) {
        if (!query.keepsNamesToTheEnd()) {
            return rows;
        }
        var named = rows.stream()
                .map(row -> row.nameGoes() ? row.with(Rows.finalLabels(query, row), false) : row)
                .toList();
        Rows.requireDistinct(named);
        return named;
    }

    private QueryValue.Series series(Row row) {
        double[] cells = row.cells();
        query.budget().holdAside(2L * cells.length);
        var times = new long[cells.length];
        var values = new double[cells.length];
        int size = 0;
        for (int step = 0; step < cells.length; step++) {
            if (!Cell.isAbsent(cells[step])) {
                times[size] = steps.at(step);
                values[size] = cells[step];
                size++;
            }
        }
        var histograms = new ArrayList<QueryValue.HistogramPoint>();
        for (int step = 0; row.histograms() != null && step < cells.length; step++) {
            Distribution histogram = row.histogram(step);
            if (histogram != null) {
                histograms.add(new QueryValue.HistogramPoint(steps.at(step), histogram.toApi()));
            }
        }
        return size == cells.length
                ? new QueryValue.Series(row.labels(), times, values, histograms)
                : new QueryValue.Series(
                        row.labels(), Arrays.copyOf(times, size), Arrays.copyOf(values, size), histograms);
    }

    private static List<QueryValue.Series> sorted(List<QueryValue.Series> series) {
        var sorted = new ArrayList<>(series);
        sorted.sort(Comparator.comparing(QueryValue.Series::labels));
        return sorted;
    }
}
