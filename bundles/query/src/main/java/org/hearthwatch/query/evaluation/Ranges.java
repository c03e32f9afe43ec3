package org.hearthwatch.query.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.function.Samples;
import org.hearthwatch.query.syntax.DurationExpr;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.Shift;

/**
 * A range vector: series whose samples of some length of time are wanted at every step, from the store or from a
 * subquery.
 *
 * @param length of the range, in milliseconds; what lies exactly at its beginning is no part of it
 * @param ends where the range ends at every step
 */
record Ranges(Evaluator evaluator, Expr source, long length, Moments ends) {

    /** The range vector of an expression of that type. */
    static Ranges of(Evaluator evaluator, Expr expr) {
        Expr bare = expr.bare();
        if (bare instanceof Expr.MatrixSelector matrix) {
            return of(evaluator, bare, matrix.range(), matrix.selector().shift());
        }
        var subquery = (Expr.Subquery) bare;
        return of(evaluator, bare, subquery.range(), subquery.shift());
    }

    private static Ranges of(Evaluator evaluator, Expr source, DurationExpr length, Shift shift) {
        return new Ranges(evaluator, source, length.millis(), evaluator.query().moments(shift, evaluator.steps()));
    }

    /** The end of the range at a step. */
    long end(int step) {
        return ends.at(step);
    }

    /** Where annotations about it point to; what a subquery yields has no place of its own. */
    Notes.Place place() {
        return source instanceof Expr.Subquery ? new Notes.Place(0) : Notes.Place.of(source);
    }

    /** Goes through the series with all their samples that any step wants, stale markers left out. */
    void each(SelectHints.Aspect aspect, SeriesScan.Visitor visitor) {
        if (!isEmpty()) {
            if (source instanceof Expr.MatrixSelector matrix) {
                scan(matrix, aspect).each(evaluator.query(), visitor);
            } else {
                eachOfSubquery((Expr.Subquery) source, Row::labels, visitor);
            }
        }
    }

    /** The rows that are made of the series; see {@link SeriesScan#rows}. */
    List<Row> rows(SelectHints.Aspect aspect, Function<Evaluator, SeriesScan.RowMaker> makers) {
        if (!isEmpty() && source instanceof Expr.MatrixSelector matrix) {
            return scan(matrix, aspect).rows(evaluator, makers);
        }
        var rows = new ArrayList<Row>();
        SeriesScan.RowMaker maker = makers.apply(evaluator);
        each(aspect, (labels, samples) -> maker.row(labels, samples).ifPresent(rows::add));
        return rows;
    }

    /** A range of less than a millisecond, the grain of all times, holds no moment. */
    private boolean isEmpty() {
        return evaluator.steps().count() == 0 || length == 0;
    }

    private SeriesScan scan(Expr.MatrixSelector matrix, SelectHints.Aspect aspect) {
        Steps steps = evaluator.steps();
        var hints = new SelectHints(steps.duration(), Duration.ofMillis(length), aspect);
        long from = end(0) - length;
        return new SeriesScan(matrix.selector().matchers(), from + 1, end(steps.count() - 1), hints, false);
    }

    /** @return how many samples were looked at within */
    private long eachOfSubquery(Expr.Subquery subquery, Function<Row, Labels> names, SeriesScan.Visitor visitor) {
        long after = end(0) - length;
        long to = end(evaluator.steps().count() - 1);
        long interval = subquery.step()
                .map(DurationExpr::millis)
                .orElse(evaluator.query().subqueryStep());
        if (interval == 0) {
            throw new EvaluationException("the step of a subquery must be at least 1ms");
        }
        // Subqueries are evaluated at multiples of their step, so that they do not change with the moment of asking.
        long start = interval * (after / interval);
        if (start <= after) {
            start += interval;
        }
        Steps inner = Steps.range(start, to, interval);
        var samples = new Samples();
        var times = new long[0];
        var values = new double[0];
        Evaluator within = evaluator.at(inner);
        for (Row row : within.vector(subquery.expr())) {
            if (times.length == 0) {
                evaluator.query().budget().holdAside(3L * inner.count());
                times = new long[inner.count()];
                values = new double[inner.count()];
            }
            var histograms = row.histograms() == null ? null : new Distribution[inner.count()];
            int size = 0;
            double[] cells = row.cells();
            for (int step = 0; step < cells.length; step++) {
                if (row.isPresent(step)) {
                    times[size] = inner.at(step);
                    values[size] = cells[step];
                    Distribution histogram = row.histogram(step);
                    if (histograms != null && histogram != null) {
                        histograms[size] = histogram.withoutResetKnowledge();
                    }
                    size++;
                }
            }
            visitor.visit(names.apply(row), samples.over(times, values, histograms, size));
        }
        return within.tally().total();
    }

    /** The samples as seen from the first step, for the asker. */
    List<QueryValue.Series> samples() {
        var series = new ArrayList<QueryValue.Series>();
        SeriesScan.Visitor kept = (labels, samples) -> {
            if (samples.size() > 0) {
                evaluator.query().budget().hold(samples.weight());
                evaluator.query().budget().holdAside(samples.size());
                series.add(series(labels, samples));
            }
        };
        if (source instanceof Expr.Subquery subquery) {
            if (!isEmpty()) {
                long looked = eachOfSubquery(subquery, row -> Rows.finalLabels(evaluator.query(), row), kept);
                evaluator.tally().add(0, looked);
                Rows.requireDistinctLabels(
                        series.stream().map(QueryValue.Series::labels).toList());
            }
        } else {
            each(SelectHints.Aspect.SAMPLES, (labels, samples) -> {
                evaluator.tally().add(0, samples.weight());
                kept.visit(labels, samples);
            });
        }
        return series;
    }

    private static QueryValue.Series series(Labels labels, Samples samples) {
        if (!samples.hasHistograms()) {
            return new QueryValue.Series(
                    labels,
                    Arrays.copyOf(samples.times(), samples.size()),
                    Arrays.copyOf(samples.values(), samples.size()));
        }
        var times = new long[samples.size()];
        var values = new double[samples.size()];
        var histograms = new ArrayList<QueryValue.HistogramPoint>();
        int size = 0;
        for (int i = 0; i < samples.size(); i++) {
            Distribution histogram = samples.histogram(i);
            if (histogram == null) {
                times[size] = samples.times()[i];
                values[size++] = samples.values()[i];
            } else {
                histograms.add(new QueryValue.HistogramPoint(samples.times()[i], histogram.toApi()));
            }
        }
        return new QueryValue.Series(labels, Arrays.copyOf(times, size), Arrays.copyOf(values, size), histograms);
    }
}
