package org.hearthwatch.query.function;

import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** The functions of one number, by name. */
public final class MathFunctions {

    private static final Map<String, DoubleUnaryOperator> BY_NAME = Map.ofEntries(
            Map.entry("abs", Math::abs),
            Map.entry("ceil", Math::ceil),
            Map.entry("floor", Math::floor),
            Map.entry("exp", Math::exp),
            Map.entry("sqrt", Math::sqrt),
            Map.entry("ln", Math::log),
            Map.entry("log2", MathFunctions::log2),
            Map.entry("log10", Math::log10),
            Map.entry("sin", Math::sin),
            Map.entry("cos", Math::cos),
            Map.entry("tan", Math::tan),
            Map.entry("asin", Math::asin),
            Map.entry("acos", Math::acos),
            Map.entry("atan", Math::atan),
            Map.entry("sinh", Math::sinh),
            Map.entry("cosh", Math::cosh),
            Map.entry("tanh", Math::tanh),
            Map.entry("asinh", MathFunctions::asinh),
            Map.entry("acosh", MathFunctions::acosh),
            Map.entry("atanh", MathFunctions::atanh),
            Map.entry("rad", degrees -> degrees * Math.PI / 180),
            Map.entry("deg", radians -> radians * 180 / Math.PI),
            Map.entry("sgn", value -> value < 0 ? -1 : value > 0 ? 1 : value));

    private static final double LN_2 = Math.log(2);

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

    /** Exact for powers of two. */
    static double log2(double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            return Math.log(value);
        }
        // As in Go: the fraction's logarithm and the exponent, the fraction being from 0.5 to 1.
        double normal = value < Double.MIN_NORMAL ? value * 0x1p54 : value;
        int exponent = Math.getExponent(normal) + 1;
        double fraction = Math.scalb(normal, -exponent);
        exponent -= value < Double.MIN_NORMAL ? 54 : 0;
        return fraction == 0.5 ? exponent - 1 : Math.log(fraction) * (1 / LN_2) + exponent;
    }

    private static double asinh(double value) {
        double magnitude = Math.abs(value);
        double result;
        if (magnitude > 1e8) {
            result = Math.log(magnitude) + LN_2;
        } else {
            double square = magnitude * magnitude;
            result = Math.log1p(magnitude + square / (1 + Math.sqrt(square + 1)));
        }
        return Math.copySign(result, value);
    }

    private static double acosh(double value) {
        if (value < 1) {
            return Double.NaN;
        }
        double above = value - 1;
        return value > 1e8 ? Math.log(value) + LN_2 : Math.log1p(above + Math.sqrt(2 * above + above * above));
    }

    private static double atanh(double value) {
        return Math.copySign(0.5 * Math.log1p(2 * Math.abs(value) / (1 - Math.abs(value))), value);
    }
}
