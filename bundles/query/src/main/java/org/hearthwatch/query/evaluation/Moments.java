package org.hearthwatch.query.evaluation;

/**
 * The moments something looks at, one for each step: all the same where an {@code @} pins it.
 *
 * @param first at the first step, in milliseconds
 * @param interval from one step's to the next's; zero where pinned
 */
record Moments(long first, long interval) {

    long at(int step) {
        return first + step * interval;
    }
}
