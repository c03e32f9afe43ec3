package org.hearthwatch.query.number;

/**
 * Powers and what is made of them, equal to the last digit to what Prometheus computes on amd64: {@code count_values},
 * {@code ==} and recorded answers show that digit. The methods are those of Go's library: for {@code exp} N. Shibata's
 * series with fused multiplication, for the others FreeBSD's msun and Hart and Cheney, "Computer Approximations".
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // as published, to be compared with their source
public final class Exponentials {

    private static final double OVERFLOW = 7.09782712893384e+02;
    private static final double LN2_UPPER = 0.69314718055966295651160180568695068359375;
    private static final double LN2_LOWER = 0.28235290563031577122588448175013436025525412068e-12;
    private static final double LOG2_E = 1.4426950408889634;
    private static final double[] TAYLOR = {
        2.4801587301587301587e-5,
        1.9841269841269841270e-4,
        1.3888888888888888889e-3,
        8.3333333333333333333e-3,
        4.1666666666666666667e-2,
        1.6666666666666666667e-1,
        0.5,
        1.0
    };

    private Exponentials() {}

    /** e to a power. */
    public static double exp(double x) {
        if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
            return x;
        }
        if (x > OVERFLOW) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < -750) {
            return 0;
        }
        double exponent = Math.rint(LOG2_E * x);
        double rest = Math.fma(-LN2_LOWER, exponent, Math.fma(-LN2_UPPER, exponent, x)) * 0.0625;
        double series = TAYLOR[0];
        for (int i = 1; i < TAYLOR.length; i++) {
            series = Math.fma(series, rest, TAYLOR[i]);
        }
        // This is e to a sixteenth of the rest, less 1; squared four times without losing the small part.
        double less1 = rest * series;
        for (int i = 0; i < 3; i++) {
            less1 *= less1 + 2;
        }
        double fraction = Math.fma(less1, less1 + 2, 1);
        return exponent + Double.MAX_EXPONENT >= 0x7ff
                ? Double.POSITIVE_INFINITY
                : Math.scalb(fraction, (int) exponent);
    }

    /** 2 to a power. */
    public static double exp2(double x) {
        if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
            return x;
        }
        if (x > 1.0239999999999999e+03) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < -1.0740e+03) {
            return 0;
        }
        int exponent = (int) (x > 0 ? x + 0.5 : x - 0.5);
        double rest = x - exponent;
        double high = rest * Logarithms.LN2_HIGH;
        double low = -rest * Logarithms.LN2_LOW;
        double r = high - low;
        double t = r * r;
        double c = r
                - t
                        * Polynomial.at(
                                t,
                                4.13813679705723846039e-08,
                                -1.65339022054652515390e-06,
                                6.61375632143793436117e-05,
                                -2.77777777770155933842e-03,
                                1.66666666666666657415e-01);
        double y = 1 - ((low - (r * c) / (2 - c)) - high);
        return Math.scalb(y, exponent);
    }

    /** One number to the power of another; 1 to any power, and anything to the power of 0, is 1. */
    public static double pow(double base, double exponent) {
        if (exponent == 0 || base == 1) {
            return 1;
        }
        boolean special = !(Math.abs(base) <= Double.MAX_VALUE) || !(Math.abs(exponent) <= Double.MAX_VALUE);
        if (special || base == 0) {
            return base == -1 && Double.isInfinite(exponent) ? 1 : Math.pow(base, exponent);
        }
        if (Math.abs(exponent) == 0.5) {
            return exponent > 0 ? Math.sqrt(base) : 1 / Math.sqrt(base);
        }
        double whole = Math.floor(Math.abs(exponent));
        double part = Math.abs(exponent) - whole;
        if (part != 0 && base < 0) {
            return Double.NaN;
        }
        if (whole >= 0x1p63) {
            boolean vanishes = Math.abs(base) < 1 == exponent > 0;
            return base == -1 ? 1 : vanishes ? 0 : Double.POSITIVE_INFINITY;
        }
        return squared(base, whole, part, exponent < 0);
    }

    /** By squaring the fraction of the base, its exponent of two being kept apart. */
    private static double squared(double base, double wholePart, double part, boolean inverse) {
        double whole = wholePart;
        double product = 1;
        if (part > 0.5) {
            product = exp((part - 1) * Logarithms.log(base));
            whole++;
        } else if (part != 0) {
            product = exp(part * Logarithms.log(base));
        }
        long twos = 0;
        long exponent = Logarithms.exponent(base);
        double fraction = Logarithms.fraction(base);
        for (long bits = (long) whole; bits != 0; bits >>= 1) {
            if (Math.abs(exponent) > 1 << 12) {
                twos += exponent;
                break;
            }
            if ((bits & 1) == 1) {
                product *= fraction;
                twos += exponent;
            }
            fraction *= fraction;
            exponent <<= 1;
            if (fraction < 0.5) {
                fraction += fraction;
                exponent--;
            }
        }
        return inverse ? Math.scalb(1 / product, (int) -twos) : Math.scalb(product, (int) twos);
    }

    public static double sinh(double value) {
        double x = value < 0 ? -value : value;
        double result;
        if (x > 21) {
            result = exp(x) / 2;
        } else if (x > 0.5) {
            double power = exp(x);
            result = (power - 1 / power) / 2;
        } else {
            double square = x * x;
            result = Polynomial.at(
                            square,
                            -0.2630563213397497062819489e+2,
                            -0.2894211355989563807284660366e+4,
                            -0.8991272022039509355398013511e+5,
                            -0.6307673640497716991184787251e+6)
                    * x;
            result /= Polynomial.at(
                    square,
                    1,
                    -0.173678953558233699533450911e+3,
                    0.1521517378790019070696485176e+5,
                    -0.6307673640497716991212077277e+6);
        }
        return value < 0 ? -result : result;
    }

    public static double cosh(double value) {
        double x = Math.abs(value);
        double power = exp(x);
        return x > 21 ? power / 2 : (power + 1 / power) / 2;
    }

    public static double tanh(double x) {
        double magnitude = Math.abs(x);
        if (magnitude > 0.5 * 8.8029691931113054295988e+01) {
            return x < 0 ? -1 : 1;
        }
        if (magnitude >= 0.625) {
            double result = 1 - 2 / (exp(2 * magnitude) + 1);
            return x < 0 ? -result : result;
        }
        if (x == 0) {
            return x;
        }
        double square = x * x;
        double above =
                Polynomial.at(square, -9.64399179425052238628e-1, -9.92877231001918586564e1, -1.61468768441708447952e3);
        double below =
                Polynomial.at(square, 1, 1.12811678491632931402e2, 2.23548839060100448583e3, 4.84406305325125486048e3);
        return x + x * square * above / below;
    }
}
