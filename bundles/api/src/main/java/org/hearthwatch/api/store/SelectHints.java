package org.hearthwatch.api.store;

import java.time.Duration;

/**
 * What the samples of a selection are wanted for.
 *
 * @param step how far apart the moments are at which the answer is looked at; zero for one moment
 * @param window the length of the range each moment looks back over; zero for an instant selector
 * @param aspect what a coarser tier should give for each of its intervals
 */
public record SelectHints(Duration step, Duration window, Aspect aspect) {

    /** Whether one moment's last value is wanted: of each series the newest sample will do, though more may be given. */
    public boolean newestOnly() {
        return aspect == Aspect.LAST && step.isZero() && window.isZero();
    }

    /** What of an interval is wanted when a tier stands in for the samples that were there. */
    public enum Aspect {
        /** The samples themselves: no tier will do. */
        SAMPLES,
        /** The last value of each interval, at the time it was measured, beginning with the interval before the first time. */
        LAST,
        /**
         * A counter that grows by what the counter grew in each interval, resets counted: {@code rate} and {@code increase}
         * of it are right at the tier's resolution.
         */
        COUNTER,
        /** The least value of each interval. */
        MIN,
        /** The greatest value of each interval. */
        MAX,
        /** The sum of each interval's values. */
        SUM,
        /** How many samples each interval had. */
        COUNT
    }
}
