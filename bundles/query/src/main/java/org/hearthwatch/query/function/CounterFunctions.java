package org.hearthwatch.query.function;

/**
 * How fast a series changes: {@code rate}, {@code increase}, {@code delta}, {@code irate}, {@code idelta}. The
 * extrapolation to the bounds of the range is that of Prometheus 3.
 */
final class CounterFunctions {

    private CounterFunctions() {}

    static double rate(Window window) {
        return extrapolated(window, true, seconds(window.end() - window.start()));
    }

    static double increase(Window window) {
        return extrapolated(window, true, 1);
    }

    static double delta(Window window) {
        return extrapolated(window, false, 1);
    }

    static double irate(Window window) {
        return lastTwo(window, true);
    }

    static double idelta(Window window) {
        return lastTwo(window, false);
    }

    private static double lastTwo(Window window, boolean counter) {
        int last = window.size() - 1;
        if (last < 1) {
            return Cell.ABSENT;
        }
        double before = window.value(last - 1);
        double after = window.value(last);
        double change = counter && after < before ? after : after - before;
        return counter ? change / seconds(window.time(last) - window.time(last - 1)) : change;
    }

    private static double extrapolated(Window window, boolean counter, double divisor) {
        if (window.size() < 2) {
            return Cell.ABSENT;
        }
        double change = counter ? window.changeOverResets() : window.last() - window.first();
        return change * (CounterWindow.extrapolation(window, counter, change, window.first()) / divisor);
    }

    private static double seconds(long millis) {
        return millis / 1e3;
    }
}
