package org.hearthwatch.query.number;

/**
 * Logarithms and what is made of them, equal to the last digit to what Prometheus computes on amd64. The methods are
 * those of FreeBSD's msun (e_log.c, s_log1p.c, s_asinh.c, e_acosh.c, e_atanh.c) in the form that Go's library has.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // as published, to be compared with their source
public final class Logarithms {

    static final double LN2_HIGH = 6.93147180369123816490e-01;
    static final double LN2_LOW = 1.90821492927058770002e-10;

    private static final double LN2 = 0.6931471805599453;
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LOG10_E = 0.43429448190325182765;
    private static final double LARGE = 0x1p28;
    private static final double[] ODD = {
        1.479819860511658591e-01, 1.818357216161805012e-01, 2.857142874366239149e-01, 6.666666666666735130e-01
    };
    private static final double[] EVEN = {1.531383769920937332e-01, 2.222219843214978396e-01, 3.999999999940941908e-01};
    private static final double[] ALL = {
        1.479819860511658591e-01,
        1.531383769920937332e-01,
        1.818357216161805012e-01,
        2.222219843214978396e-01,
        2.857142874366239149e-01,
        3.999999999940941908e-01,
        6.666666666666735130e-01
    };

    private Logarithms() {}

    /** The exponent of two of a number whose fraction is from a half to 1. */
    static int exponent(double x) {
        return x == 0 ? 0 : Math.abs(x) < Double.MIN_NORMAL ? exponent(x * 0x1p54) - 54 : Math.getExponent(x) + 1;
    }

    /** What times two to the {@link #exponent} is the number. */
    static double fraction(double x) {
        return Math.scalb(Math.abs(x) < Double.MIN_NORMAL ? x * 0x1p54 : x, -exponentOfNormal(x));
    }

    private static int exponentOfNormal(double x) {
        return Math.abs(x) < Double.MIN_NORMAL ? exponent(x * 0x1p54) : exponent(x);
    }

    /** The natural logarithm. */
    public static double log(double x) {
        if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
            return x;
        }
        if (x <= 0) {
            return x < 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
        }
        // On amd64 a number below the normal ones is taken for one with a leading digit that it has not.
        boolean denormal = x < Double.MIN_NORMAL;
        double k = denormal ? Double.MIN_EXPONENT : exponent(x);
        double fraction = denormal ? 0.5 + x * 0x1p1021 : fraction(x);
        if (fraction < Math.sqrt(2) / 2) {
            fraction *= 2;
            k--;
        }
        double f = fraction - 1;
        double s = f / (2 + f);
        double s2 = s * s;
        double s4 = s2 * s2;
        double rest = s2 * Polynomial.at(s4, ODD) + s4 * Polynomial.at(s4, EVEN);
        double half = 0.5 * f * f;
        return k * LN2_HIGH - ((half - (s * (half + rest) + k * LN2_LOW)) - f);
    }

    /** The logarithm to base 2; exact for powers of two. */
    public static double log2(double x) {
        if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
            return log(x);
        }
        double fraction = fraction(x);
        return fraction == 0.5 ? exponent(x) - 1 : log(fraction) * LOG2_E + exponent(x);
    }

    public static double log10(double x) {
        return log(x) * LOG10_E;
    }

    /** The natural logarithm of a number and 1. */
    public static double log1p(double x) {
        if (!(x > -1) || x == Double.POSITIVE_INFINITY) {
            return x == -1 ? Double.NEGATIVE_INFINITY : x < -1 ? Double.NaN : x;
        }
        double magnitude = Math.abs(x);
        if (magnitude < 0x1p-29) {
            return magnitude < 0x1p-54 ? x : x - x * x * 0.5;
        }
        int k = 0;
        double f = x;
        long mantissa = 1;
        double correction = 0;
        if (magnitude >= 4.142135623730950488017e-01 || x <= -2.928932188134524755992e-01) {
            double u = magnitude < 0x1p53 ? 1 + x : x;
            k = Math.getExponent(u);
            if (magnitude < 0x1p53) {
                correction = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
            }
            mantissa = Double.doubleToRawLongBits(u) & 0x000fffffffffffffL;
            if (mantissa < 0x0006a09e667f3bcdL) {
                u = Double.longBitsToDouble(mantissa | 0x3ff0000000000000L);
            } else {
                k++;
                u = Double.longBitsToDouble(mantissa | 0x3fe0000000000000L);
                mantissa = (0x0010000000000000L - mantissa) >> 2;
            }
            f = u - 1;
        }
        return log1p(f, k, correction, mantissa == 0);
    }

    private static double log1p(double f, int k, double correction, boolean tiny) {
        double half = 0.5 * f * f;
        if (tiny && f == 0) {
            return k == 0 ? 0 : k * LN2_HIGH + (correction + k * LN2_LOW);
        }
        if (tiny) {
            double rest = half * (1 - 0.66666666666666666 * f);
            return k == 0 ? f - rest : k * LN2_HIGH - ((rest - (k * LN2_LOW + correction)) - f);
        }
        double s = f / (2 + f);
        double square = s * s;
        double rest = square * Polynomial.at(square, ALL);
        return k == 0
                ? f - (half - s * (half + rest))
                : k * LN2_HIGH - ((half - (s * (half + rest) + (k * LN2_LOW + correction))) - f);
    }

    public static double asinh(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        double x = Math.abs(value);
        double result;
        if (x > LARGE) {
            result = log(x) + LN2;
        } else if (x > 2) {
            result = log(2 * x + 1 / (Math.sqrt(x * x + 1) + x));
        } else if (x < 1 / LARGE) {
            result = x;
        } else {
            result = log1p(x + x * x / (1 + Math.sqrt(1 + x * x)));
        }
        return Math.copySign(result, value);
    }

    public static double acosh(double x) {
        if (!(x >= 1)) {
            return Double.NaN;
        }
        if (x >= LARGE) {
            return log(x) + LN2;
        }
        if (x > 2) {
            return log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
        }
        double above = x - 1;
        return log1p(above + Math.sqrt(2 * above + above * above));
    }

    public static double atanh(double value) {
        double x = Math.abs(value);
        double result;
        if (x < 1 / LARGE) {
            result = x;
        } else if (x < 0.5) {
            double twice = x + x;
            result = 0.5 * log1p(twice + twice * x / (1 - x));
        } else if (x == 1) {
            result = Double.POSITIVE_INFINITY;
        } else {
            result = 0.5 * log1p((x + x) / (1 - x));
        }
        return x <= 1 ? Math.copySign(result, value) : Double.NaN;
    }
}
