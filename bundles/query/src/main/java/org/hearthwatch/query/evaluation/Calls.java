package org.hearthwatch.query.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.query.function.CalendarFunctions;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.function.DistributionStatistics;
import org.hearthwatch.query.function.MathFunctions;
import org.hearthwatch.query.function.RangeFunctions;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.Signature;
import org.hearthwatch.query.syntax.Signatures;
import org.hearthwatch.query.syntax.ValueType;

/** Finds what evaluates a function call. */
final class Calls {

    /** Evaluates calls that give a vector. */
    @FunctionalInterface
    interface VectorCall {
        List<Row> evaluate(Evaluator evaluator, Expr.Call call);
    }

    private static final Map<String, VectorCall> BY_NAME = new HashMap<>(Map.ofEntries(
            Map.entry("absent", AbsenceCalls::absent),
            Map.entry("absent_over_time", AbsenceCalls::absentOverTime),
            Map.entry("clamp", CellCalls::clamp),
            Map.entry("clamp_max", CellCalls::clampMax),
            Map.entry("clamp_min", CellCalls::clampMin),
            Map.entry("round", CellCalls::round),
            Map.entry("timestamp", CellCalls::timestamp),
            Map.entry("vector", CellCalls::vector),
            Map.entry(
                    "histogram_avg",
                    (evaluator, call) -> HistogramCalls.each(evaluator, call, DistributionStatistics::average)),
            Map.entry(
                    "histogram_count", (evaluator, call) -> HistogramCalls.each(evaluator, call, Distribution::count)),
            Map.entry(
                    "histogram_stddev",
                    (evaluator, call) -> HistogramCalls.each(
                            evaluator, call, histogram -> Math.sqrt(DistributionStatistics.variance(histogram)))),
            Map.entry(
                    "histogram_stdvar",
                    (evaluator, call) -> HistogramCalls.each(evaluator, call, DistributionStatistics::variance)),
            Map.entry("histogram_sum", (evaluator, call) -> HistogramCalls.each(evaluator, call, Distribution::sum)),
            Map.entry("histogram_fraction", HistogramCalls::fraction),
            Map.entry("histogram_quantile", HistogramCalls::quantile),
            Map.entry("info", InfoCall::evaluate),
            Map.entry("label_join", LabelCalls::join),
            Map.entry("label_replace", LabelCalls::replace),
            Map.entry("sort", SortCalls::ascending),
            Map.entry("sort_desc", SortCalls::descending),
            Map.entry("sort_by_label", SortCalls::byLabel),
            Map.entry("sort_by_label_desc", SortCalls::byLabelDescending)));

    static {
        for (Signature signature : Signatures.all()) {
            String name = signature.name();
            MathFunctions.find(name)
                    .ifPresent(function -> BY_NAME.put(
                            name,
                            (evaluator, call) ->
                                    CellCalls.each(evaluator, call.arguments().get(0), function)));
            CalendarFunctions.find(name)
                    .ifPresent(function ->
                            BY_NAME.put(name, (evaluator, call) -> CellCalls.calendar(evaluator, call, function)));
            RangeFunctions.find(name)
                    .ifPresent(function -> BY_NAME.putIfAbsent(
                            name, (evaluator, call) -> RangeCalls.evaluate(evaluator, call, function)));
            if (signature.returns() == ValueType.VECTOR && !BY_NAME.containsKey(name)) {
                throw new IllegalStateException("Nothing evaluates " + name);
            }
        }
    }

    private Calls() {}

    static List<Row> vector(Evaluator evaluator, Expr.Call call) {
        VectorCall evaluation = BY_NAME.get(call.function().name());
        if (evaluation == null) {
            throw new IllegalArgumentException(call.function().name() + " gives no vector");
        }
        return evaluation.evaluate(evaluator, call);
    }

    static double[] scalar(Evaluator evaluator, Expr.Call call) {
        return switch (call.function().name()) {
            case "pi" -> evaluator.constant(Math.PI);
            case "time" -> time(evaluator);
            case "scalar" -> only(evaluator, call.arguments().get(0));
            default -> throw new IllegalArgumentException(call.function().name() + " gives no scalar");
        };
    }

    private static double[] time(Evaluator evaluator) {
        double[] cells = evaluator.blank();
        Arrays.setAll(cells, step -> evaluator.steps().at(step) / 1e3);
        return cells;
    }

    /** The value of the only series, NaN where there is none or more than one. */
    private static double[] only(Evaluator evaluator, Expr expr) {
        double[] cells = evaluator.constant(Double.NaN);
        var seen = new boolean[cells.length];
        for (Row row : evaluator.vector(expr)) {
            for (int step = 0; step < cells.length; step++) {
                if (row.has(step)) {
                    cells[step] = seen[step] ? Double.NaN : row.cells()[step];
                    seen[step] = true;
                }
            }
        }
        return cells;
    }
}
