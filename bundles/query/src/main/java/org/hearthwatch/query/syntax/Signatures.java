package org.hearthwatch.query.syntax;

import static org.hearthwatch.query.syntax.ValueType.MATRIX;
import static org.hearthwatch.query.syntax.ValueType.SCALAR;
import static org.hearthwatch.query.syntax.ValueType.STRING;
import static org.hearthwatch.query.syntax.ValueType.VECTOR;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The functions of PromQL as of Prometheus 3.5. */
public final class Signatures {

    private static final Map<String, Signature> BY_NAME = new TreeMap<>();

    static {
        for (String name : List.of(
                "abs",
                "absent",
                "acos",
                "acosh",
                "asin",
                "asinh",
                "atan",
                "atanh",
                "ceil",
                "cos",
                "cosh",
                "deg",
                "exp",
                "floor",
                "histogram_avg",
                "histogram_count",
                "histogram_stddev",
                "histogram_stdvar",
                "histogram_sum",
                "ln",
                "log10",
                "log2",
                "rad",
                "sgn",
                "sin",
                "sinh",
                "sort",
                "sort_desc",
                "sqrt",
                "tan",
                "tanh",
                "timestamp")) {
            stable(name, VECTOR, VECTOR);
        }
        for (String name : List.of(
                "absent_over_time",
                "avg_over_time",
                "changes",
                "count_over_time",
                "delta",
                "deriv",
                "idelta",
                "increase",
                "irate",
                "last_over_time",
                "max_over_time",
                "min_over_time",
                "present_over_time",
                "rate",
                "resets",
                "stddev_over_time",
                "stdvar_over_time",
                "sum_over_time")) {
            stable(name, VECTOR, MATRIX);
        }
        for (String name : List.of(
                "day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year")) {
            put(name, 1, VECTOR, false, VECTOR);
        }
        for (String name :
                List.of("mad_over_time", "ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time")) {
            put(name, 0, VECTOR, true, MATRIX);
        }
        stable("clamp", VECTOR, VECTOR, SCALAR, SCALAR);
        stable("clamp_max", VECTOR, VECTOR, SCALAR);
        stable("clamp_min", VECTOR, VECTOR, SCALAR);
        stable("histogram_fraction", VECTOR, SCALAR, SCALAR, VECTOR);
        stable("histogram_quantile", VECTOR, SCALAR, VECTOR);
        stable("label_replace", VECTOR, VECTOR, STRING, STRING, STRING, STRING);
        stable("pi", SCALAR);
        stable("predict_linear", VECTOR, MATRIX, SCALAR);
        stable("quantile_over_time", VECTOR, SCALAR, MATRIX);
        stable("scalar", SCALAR, VECTOR);
        stable("time", SCALAR);
        stable("vector", VECTOR, SCALAR);
        put("label_join", Signature.ANY_NUMBER, VECTOR, false, VECTOR, STRING, STRING, STRING);
        put("round", 1, VECTOR, false, VECTOR, SCALAR);
        put("double_exponential_smoothing", 0, VECTOR, true, MATRIX, SCALAR, SCALAR);
        put("info", 1, VECTOR, true, VECTOR, VECTOR);
        put("sort_by_label", Signature.ANY_NUMBER, VECTOR, true, VECTOR, STRING);
        put("sort_by_label_desc", Signature.ANY_NUMBER, VECTOR, true, VECTOR, STRING);
    }

    private Signatures() {}

    private static void stable(String name, ValueType returns, ValueType... parameters) {
        put(name, 0, returns, false, parameters);
    }

    private static void put(
            String name, int optional, ValueType returns, boolean experimental, ValueType... parameters) {
        BY_NAME.put(name, new Signature(name, List.of(parameters), optional, returns, experimental));
    }

    static Optional<Signature> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** All of them, by name. */
    public static Collection<Signature> all() {
        return Collections.unmodifiableCollection(BY_NAME.values());
    }
}
