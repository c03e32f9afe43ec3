package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.query.syntax.Expr;

/** Instant vectors: at every step each series' newest sample, unless it is older than the lookback or a stale marker. */
final class InstantSelector {

    private InstantSelector() {}

    static List<Row> values(Evaluator evaluator, Expr.VectorSelector selector) {
        return rows(evaluator, selector, false);
    }

    /** The times of the samples in seconds instead of their values. */
    static List<Row> timestamps(Evaluator evaluator, Expr.VectorSelector selector) {
        return rows(evaluator, selector, true);
    }

    private static List<Row> rows(Evaluator evaluator, Expr.VectorSelector selector, boolean timestamps) {
        Query query = evaluator.query();
        Steps steps = evaluator.steps();
        long first = query.reference(selector.shift(), steps.start());
        long last = query.reference(selector.shift(), steps.last());
        long lookback = query.lookback();
        var rows = new ArrayList<Row>();
        SeriesScan.each(query, selector.matchers(), first - lookback + 1, last, (labels, times, values, size) -> {
            double[] cells = evaluator.blank();
            boolean any = false;
            int next = 0;
            for (int step = 0; step < cells.length; step++) {
                long reference = query.reference(selector.shift(), steps.at(step));
                while (next < size && times[next] <= reference) {
                    next++;
                }
                boolean fresh = next > 0 && times[next - 1] > reference - lookback;
                if (fresh && !Staleness.isStale(values[next - 1])) {
                    cells[step] = timestamps ? times[next - 1] / 1e3 : values[next - 1];
                    any = true;
                }
            }
            if (any) {
                rows.add(new Row(labels, cells));
            }
        });
        return rows;
    }
}
