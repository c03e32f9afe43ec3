package org.hearthwatch.query.function;

import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.hearthwatch.query.number.Exponentials;
import org.hearthwatch.query.number.Logarithms;
import org.hearthwatch.query.number.Trigonometry;

/** The functions of one number, by name. */
public final class MathFunctions {

    private static final Map<String, DoubleUnaryOperator> BY_NAME = Map.ofEntries(
            Map.entry("abs", Math::abs),
            Map.entry("ceil", Math::ceil),
            Map.entry("floor", Math::floor),
            Map.entry("exp", Exponentials::exp),
            Map.entry("sqrt", Math::sqrt),
            Map.entry("ln", Logarithms::log),
            Map.entry("log2", Logarithms::log2),
            Map.entry("log10", Logarithms::log10),
            Map.entry("sin", Trigonometry::sin),
            Map.entry("cos", Trigonometry::cos),
            Map.entry("tan", Trigonometry::tan),
            Map.entry("asin", Trigonometry::asin),
            Map.entry("acos", Trigonometry::acos),
            Map.entry("atan", Trigonometry::atan),
            Map.entry("sinh", Exponentials::sinh),
            Map.entry("cosh", Exponentials::cosh),
            Map.entry("tanh", Exponentials::tanh),
            Map.entry("asinh", Logarithms::asinh),
            Map.entry("acosh", Logarithms::acosh),
            Map.entry("atanh", Logarithms::atanh),
            Map.entry("rad", degrees -> degrees * Math.PI / 180),
            Map.entry("deg", radians -> radians * 180 / Math.PI),
            Map.entry("sgn", value -> value < 0 ? -1 : value > 0 ? 1 : value));

    private MathFunctions() {}

    public static Optional<DoubleUnaryOperator> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Rounds to the nearest multiple; halves go up. */
    public static double round(double value, double multiple) {
        // Multiplying by the inverse loses fewer digits than dividing by a fraction.
        double inverse = 1.0 / multiple;
        return Math.floor(value * inverse + 0.5) / inverse;
    }

    /** The value, or the bound that it passes; infinity wins over NaN, as it does in Go. */
    public static double clamp(double value, double least, double greatest) {
        boolean lowest = value == Double.NEGATIVE_INFINITY || greatest == Double.NEGATIVE_INFINITY;
        double below = lowest ? Double.NEGATIVE_INFINITY : Math.min(value, greatest);
        boolean highest = below == Double.POSITIVE_INFINITY || least == Double.POSITIVE_INFINITY;
        return highest ? Double.POSITIVE_INFINITY : Math.max(least, below);
    }
}
