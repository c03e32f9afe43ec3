package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.RawBytes;
import org.hearthwatch.query.syntax.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions at some steps. Every method gives columns with a cell for every step, which belong to the
 * caller. For one thread.
 *
 * @param invariant the expressions that have the same value at every step, by identity
 * @param common what stands in the expression more than once
 * @param tally of the samples looked at
 */
record Evaluator(Query query, Steps steps, Set<Expr> invariant, Common common, Tally tally) {

    /** The same query at other steps, whose samples are counted apart. */
    Evaluator at(Steps others) {
        return new Evaluator(query, others, invariant, common, Tally.of(others, query.budget()));
    }

    /** The same for one of several threads, with notes and a tally of its own. */
    Evaluator part() {
        return new Evaluator(query.part(), steps, invariant, common, Tally.of(steps, query.budget()));
    }

    /** Takes over what a part noted and counted. */
    void add(Evaluator part) {
        query.notes().add(part.query.notes());
        tally.add(part.tally);
    }

    /** The value of an expression of any type; ranges are as seen from the first step. */
    Answer answer(Expr expr) {
        return switch (expr.type()) {
            case SCALAR -> new Answer.Scalar(scalar(expr));
            case STRING -> new Answer.Text(text(expr));
            case VECTOR -> new Answer.Vector(vector(expr));
            case MATRIX -> new Answer.Matrix(Ranges.of(this, expr).samples());
        };
    }

    List<Row> vector(Expr expr) {
        if (steps.count() == 0) {
            return List.of();
        }
        Budget budget = query.budget();
        budget.check();
        long before = budget.held();
        List<Row> rows = invariant.contains(expr) && steps.count() > 1
                ? spread(expr)
                : common.rows(this, expr, evaluator -> evaluator.vectorOf(expr));
        budget.settle(before + rows.stream().mapToLong(Row::weight).sum());
        return rows;
    }

    private List<Row> spread(Expr expr) {
        var rows = new ArrayList<Row>();
        Evaluator once = at(Steps.single(steps.start()));
        List<Row> values = once.vector(expr);
        tally.addEverywhere(once.tally().total());
        for (Row row : values) {
            Distribution histogram = row.histogram(0);
            if (histogram != null) {
                var histograms = new Distribution[steps.count()];
                Arrays.fill(histograms, histogram);
                rows.add(new Row(row.labels(), row.nameGoes(), blank(), histograms));
            } else if (row.has(0)) {
                rows.add(new Row(row.labels(), row.nameGoes(), constant(row.cells()[0])));
            }
        }
        return rows;
    }

    private List<Row> vectorOf(Expr expr) {
        if (expr instanceof Expr.VectorSelector selector) {
            return InstantSelector.values(this, selector);
        }
        if (expr instanceof Expr.Call call) {
            return Calls.vector(this, call);
        }
        if (expr instanceof Expr.Aggregation aggregation) {
            return Aggregations.evaluate(this, aggregation);
        }
        if (expr instanceof Expr.Binary binary) {
            return VectorOperations.evaluate(this, binary);
        }
        if (expr instanceof Expr.Unary unary) {
            return unary.negative() ? negated(unary.expr()) : vector(unary.expr());
        }
        return vector(((Expr.Paren) expr).expr());
    }

    private List<Row> negated(Expr expr) {
        var rows = new ArrayList<Row>();
        for (Row row : vector(expr)) {
            double[] cells = row.cells();
            for (int step = 0; step < cells.length; step++) {
                cells[step] = Cell.isAbsent(cells[step]) ? cells[step] : -cells[step];
            }
            @Nullable Distribution @Nullable [] histograms = row.histograms();
            for (int step = 0; histograms != null && step < cells.length; step++) {
                Distribution histogram = histograms[step];
                histograms[step] = histogram == null ? null : histogram.times(-1);
            }
            rows.add(Rows.renamed(query, row, cells, histograms));
        }
        if (!query.keepsNamesToTheEnd()) {
            Rows.requireDistinct(rows);
        }
        return rows;
    }

    /** The value of a scalar expression; every cell has one. */
    double[] scalar(Expr expr) {
        if (invariant.contains(expr) && steps.count() > 1) {
            Evaluator once = at(Steps.single(steps.start()));
            double value = once.scalar(expr)[0];
            tally.addEverywhere(once.tally().total());
            return constant(value);
        }
        if (expr instanceof Expr.NumberLiteral number) {
            return constant(number.value());
        }
        if (expr instanceof Expr.Paren paren) {
            return scalar(paren.expr());
        }
        if (expr instanceof Expr.Unary unary) {
            double[] cells = scalar(unary.expr());
            if (unary.negative()) {
                Arrays.setAll(cells, step -> -cells[step]);
            }
            return cells;
        }
        if (expr instanceof Expr.Binary binary) {
            return ScalarOperations.evaluate(this, binary);
        }
        return Calls.scalar(this, (Expr.Call) expr);
    }

    /** Where annotations about a function's argument point to: parentheses only count around what never changes. */
    Notes.Place place(Expr argument) {
        return Notes.Place.of(invariant.contains(argument) ? argument : argument.bare());
    }

    /** The text of an expression of type string. */
    static String text(Expr expr) {
        return RawBytes.replaced(((Expr.StringLiteral) expr.bare()).value());
    }

    /**
     * The text as the name of a label.
     *
     * @throws EvaluationException if no label can be named so, with the complaint and what the complaint is about
     */
    static String labelName(Expr expr, String complaint, UnaryOperator<String> shown) {
        String name = ((Expr.StringLiteral) expr.bare()).value();
        if (!RawBytes.isLabelName(name)) {
            throw new EvaluationException(complaint + shown.apply(name));
        }
        return name;
    }

    double[] constant(double value) {
        double[] cells = query.budget().column(steps.count());
        Arrays.fill(cells, value);
        return cells;
    }

    /** A column without any value yet. */
    double[] blank() {
        return constant(Cell.ABSENT);
    }

    static boolean isScalar(Expr expr) {
        return expr.type() == ValueType.SCALAR;
    }
}
