package org.hearthwatch.store.blocks;

import java.util.List;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.api.store.SelectHints.Aspect;

/**
 * Chooses what answers a question: samples as they came, or one tier for all of it.
 *
 * <ul>
 *   <li>A tier is never used for {@link Aspect#SAMPLES}.
 *   <li>The coarsest tier is used that is fine enough (its width at most the step, and at most half the window where there
 *       is one) if the question reaches over at least {@value #LEAST_INTERVALS} of its intervals: 2 days for 5 m, 24 days
 *       for 1 h. A shorter question is answered as fast from the samples.
 *   <li>Where more than a twentieth of the time is older than the oldest samples kept as they came, the finest tier is
 *       used that reaches back to the beginning of the question or, if none does, the one that reaches back furthest,
 *       however fine the step.
 * </ul>
 */
final class Planner {

    private static final int LEAST_INTERVALS = 576;
    private static final int TOLERATED = 20;

    private Planner() {}

    /**
     * Chooses for a question.
     *
     * @param widths of the tiers, growing
     * @return the width of a tier, or 0 for samples as they came
     */
    static long choose(BlockState state, List<Long> widths, long from, long to, SelectHints hints) {
        if (hints.aspect() == Aspect.SAMPLES || widths.isEmpty() || to < from) {
            return 0;
        }
        if (lacksRaw(state, from, to)) {
            long furthest = furthest(state, widths, from);
            if (furthest > 0) {
                return furthest;
            }
        }
        long chosen = 0;
        for (long width : widths) {
            boolean fine = hints.step().toMillis() >= width
                    && (hints.window().isZero() || hints.window().toMillis() >= 2 * width);
            if (fine && to - from >= LEAST_INTERVALS * width) {
                chosen = width;
            }
        }
        return chosen;
    }

    /** Whether much of the time is older than the oldest samples kept as they came. */
    static boolean lacksRaw(BlockState state, long from, long to) {
        long missing = Math.min(state.rawFloor(), to) - from;
        return state.rawFloor() > from && missing > (to - from) / TOLERATED;
    }

    private static long furthest(BlockState state, List<Long> widths, long from) {
        long best = 0;
        long bestOldest = state.rawFloor();
        for (long width : widths) {
            long oldest = Long.MAX_VALUE;
            for (LiveBlock block : state.blocks(width)) {
                oldest = Math.min(oldest, block.meta().from());
            }
            boolean enough = best > 0 && bestOldest <= from + width;
            if (!enough && oldest < bestOldest) {
                best = width;
                bestOldest = oldest;
            }
        }
        return best;
    }
}
