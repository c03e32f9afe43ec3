package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.syntax.Aggregator;

/** Makes one column of many, added one after the other. A step has a result when any of them had a value there. */
interface Fold {

    /** Adds a column. */
    void add(double[] cells);

    /** The result; call once, at the end. */
    double[] result();

    static Fold of(Aggregator aggregator, Evaluator evaluator) {
        return switch (aggregator) {
            case SUM -> new SumFold(evaluator.blank(), evaluator.constant(0));
            case AVG -> new MeanFold(evaluator.blank());
            case MIN -> new ExtremeFold(evaluator.blank(), false);
            case MAX -> new ExtremeFold(evaluator.blank(), true);
            case COUNT -> new CountFold(evaluator.blank(), true);
            case GROUP -> new CountFold(evaluator.blank(), false);
            case STDVAR -> new VarianceFold(evaluator.blank(), evaluator.constant(0), evaluator.constant(0), false);
            case STDDEV -> new VarianceFold(evaluator.blank(), evaluator.constant(0), evaluator.constant(0), true);
            default -> throw new IllegalArgumentException(aggregator + " does not fold");
        };
    }
}
