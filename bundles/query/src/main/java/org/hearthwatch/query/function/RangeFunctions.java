package org.hearthwatch.query.function;

import java.util.Map;
import java.util.Optional;

/** The functions of a range vector, by name. */
public final class RangeFunctions {

    private static final Map<String, RangeFunction> BY_NAME = Map.ofEntries(
            Map.entry("rate", CounterFunctions::rate),
            Map.entry("increase", CounterFunctions::increase),
            Map.entry("delta", CounterFunctions::delta),
            Map.entry("irate", CounterFunctions::irate),
            Map.entry("idelta", CounterFunctions::idelta),
            Map.entry("sum_over_time", OverTimeFunctions::sum),
            Map.entry("avg_over_time", OverTimeFunctions::average),
            Map.entry("min_over_time", OverTimeFunctions::minimum),
            Map.entry("max_over_time", OverTimeFunctions::maximum),
            Map.entry("count_over_time", Window::size),
            Map.entry("last_over_time", Window::last),
            Map.entry("present_over_time", window -> 1),
            Map.entry("absent_over_time", window -> 1),
            Map.entry("stdvar_over_time", OverTimeFunctions::variance),
            Map.entry("stddev_over_time", window -> Math.sqrt(OverTimeFunctions.variance(window))),
            Map.entry("quantile_over_time", OverTimeFunctions::quantile),
            Map.entry("mad_over_time", OverTimeFunctions::medianDeviation),
            Map.entry("ts_of_last_over_time", window -> window.time(window.size() - 1) / 1e3),
            Map.entry("ts_of_min_over_time", OverTimeFunctions::timeOfMinimum),
            Map.entry("ts_of_max_over_time", OverTimeFunctions::timeOfMaximum),
            Map.entry("changes", OverTimeFunctions::changes),
            Map.entry("resets", OverTimeFunctions::resets),
            Map.entry("deriv", TrendFunctions::slope),
            Map.entry("predict_linear", TrendFunctions::prediction),
            Map.entry("double_exponential_smoothing", TrendFunctions::smoothed));

    private RangeFunctions() {}

    public static Optional<RangeFunction> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
