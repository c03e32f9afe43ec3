package org.hearthwatch.query.evaluation;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.Feature;
import org.hearthwatch.query.syntax.Shift;

/**
 * One query: what is asked, of what, and what it may use up. Times are milliseconds since the Unix epoch. For one
 * thread.
 *
 * @param expr the expression, already checked
 * @param start what {@code start()} means
 * @param end what {@code end()} means
 * @param lookback how old a sample may be and still count as the newest, in milliseconds
 * @param subqueryStep the step of subqueries that name none, in milliseconds
 * @param crew who helps with many series
 */
public record Query(
        Expr expr,
        long start,
        long end,
        long lookback,
        long subqueryStep,
        Set<Feature> features,
        SeriesReader reader,
        Budget budget,
        Notes notes,
        Crew crew) {

    /** Beyond this nobody has samples; keeps sums of times from overflowing. */
    private static final long FARTHEST = 1L << 60;

    /**
     * What came of it.
     *
     * @param samples how many samples were looked at, see {@link Tally}
     * @param samplesPerStep at each step
     */
    @SuppressWarnings("ArrayRecordComponent") // one place a step
    public record Outcome(QueryValue value, long samples, long[] samplesPerStep) {}

    /** The value at {@link #start}. */
    public Outcome instant() {
        Steps steps = Steps.single(start);
        Evaluator evaluator = evaluator(steps);
        QueryValue value = new Result(this, steps).instant(evaluator.answer(expr));
        return outcome(value, evaluator.tally());
    }

    /** The value at every step of an interval from {@link #start} to {@link #end}. */
    public Outcome range(long interval) {
        Steps steps = Steps.range(start, end, interval);
        Evaluator evaluator = evaluator(steps);
        QueryValue value = new Result(this, steps).range(evaluator.answer(expr));
        return outcome(value, evaluator.tally());
    }

    private static Outcome outcome(QueryValue value, Tally tally) {
        return new Outcome(value, tally.total(), tally.perStep());
    }

    /** The same query for one of several threads, with notes of its own. */
    Query part() {
        return new Query(expr, start, end, lookback, subqueryStep, features, reader, budget, notes.part(), Crew.NONE);
    }

    private Evaluator evaluator(Steps steps) {
        Set<Expr> invariant = Collections.newSetFromMap(new IdentityHashMap<>());
        Invariance.find(expr, invariant);
        return new Evaluator(this, steps, invariant, new Common(expr, budget), Tally.of(steps, budget));
    }

    /** The moments a selector looks at, seen from all steps. */
    Moments moments(Shift shift, Steps steps) {
        boolean pinned = !(shift.at() instanceof Shift.At.Evaluation);
        return new Moments(reference(shift, steps.start()), pinned ? 0 : steps.interval());
    }

    /** The moment a selector looks at, seen from a step. */
    long reference(Shift shift, long step) {
        long base = step;
        if (shift.at() instanceof Shift.At.Start) {
            base = start;
        } else if (shift.at() instanceof Shift.At.End) {
            base = end;
        } else if (shift.at() instanceof Shift.At.Moment moment) {
            base = Math.max(-FARTHEST, Math.min(moment.millis(), FARTHEST));
        }
        return base - shift.offsetMillis();
    }

    /** Whether names are dropped at the very end, so that they can be asked for until then. */
    boolean keepsNamesToTheEnd() {
        return features.contains(Feature.PROMQL_DELAYED_NAME_REMOVAL);
    }
}
