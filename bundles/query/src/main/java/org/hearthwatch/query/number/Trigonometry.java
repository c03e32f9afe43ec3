package org.hearthwatch.query.number;

/**
 * Angles, equal to the last digit to what Prometheus computes on amd64. The methods are those of S. L. Moshier's Cephes
 * library (sin.c, tan.c, atan.c) as Go's library has them, with the reduction of huge angles of K. C. Ng, "Argument
 * reduction for huge arguments".
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // as published, to be compared with their source
public final class Trigonometry {

    /** From here on pi in three parts is not exact enough. */
    private static final double HUGE = 0x1p29;

    private static final double PI4_A = 7.85398125648498535156e-1;
    private static final double PI4_B = 3.77489470793079817668e-8;
    private static final double PI4_C = 2.69515142907905952645e-15;
    private static final double[] SINE = {
        1.58962301576546568060e-10,
        -2.50507477628578072866e-8,
        2.75573136213857245213e-6,
        -1.98412698295895385996e-4,
        8.33333333332211858878e-3,
        -1.66666666666666307295e-1
    };
    private static final double[] COSINE = {
        -1.13585365213876817300e-11,
        2.08757008419747316778e-9,
        -2.75573141792967388112e-7,
        2.48015872888517045348e-5,
        -1.38888888888730564116e-3,
        4.16666666666665929218e-2
    };
    /** The digits of 4/pi to base 2^64. */
    private static final long[] FOUR_BY_PI = {
        0x0000000000000001L,
        0x45f306dc9c882a53L,
        0xf84eafa3ea69bb81L,
        0xb6c52b3278872083L,
        0xfca2c757bd778ac3L,
        0x6e48dc74849ba5c0L,
        0x0c925dd413a32439L,
        0xfc3bd63962534e7dL,
        0xd1046bea5d768909L,
        0xd338e04d68befc82L,
        0x7323ac7306a673e9L,
        0x3908bf177bf25076L,
        0x3ff12fffbc0b301fL,
        0xde5e2316b414da3eL,
        0xda6cfd9e4f96136eL,
        0x9e8c7ecd3cbfd45aL,
        0xea4f758fd7cbe2f6L,
        0x7a0e73ef14a525d4L,
        0xd7f6bf623f1aba10L,
        0xac06608df8f6d757L
    };

    private Trigonometry() {}

    /**
     * An angle less whole eighths of the circle.
     *
     * @param octant how many were taken away, an even number
     * @param rest from -pi/4 to pi/4
     */
    private record Reduced(long octant, double rest) {

        static Reduced of(double x) {
            if (x >= HUGE) {
                return ofHuge(x);
            }
            long octant = (long) (x * (4 / Math.PI));
            octant += octant & 1;
            double y = octant;
            return new Reduced(octant & 7, ((x - y * PI4_A) - y * PI4_B) - y * PI4_C);
        }

        /** Payne and Hanek: times the digits of 4/pi that matter. */
        private static Reduced ofHuge(double x) {
            long bits = Double.doubleToRawLongBits(x);
            int exponent = Math.getExponent(x) - 52;
            long mantissa = (bits & 0x000fffffffffffffL) | 0x0010000000000000L;
            int digit = (exponent + 61) / 64;
            int shift = (exponent + 61) % 64;
            long low = digits(digit + 1, shift) * mantissa;
            long carried = low
                    + Math.multiplyHigh(digits(digit + 2, shift), mantissa)
                    + (digits(digit + 2, shift) < 0 ? mantissa : 0);
            long high = digits(digit, shift) * mantissa
                    + Math.multiplyHigh(digits(digit + 1, shift), mantissa)
                    + (digits(digit + 1, shift) < 0 ? mantissa : 0)
                    + (Long.compareUnsigned(carried, low) < 0 ? 1 : 0);
            long octant = high >>> 61;
            long fraction = high << 3 | carried >>> 61;
            int zeros = Long.numberOfLeadingZeros(fraction);
            long normal = zeros == 63 ? carried : fraction << (zeros + 1) | carried >>> (63 - zeros);
            double rest = Double.longBitsToDouble(normal >>> 12 | (long) (1023 - (zeros + 1)) << 52);
            return (octant & 1) == 1
                    ? new Reduced(octant + 1 & 7, (rest - 1) * (Math.PI / 4))
                    : new Reduced(octant, rest * (Math.PI / 4));
        }

        private static long digits(int digit, int shift) {
            return shift == 0 ? FOUR_BY_PI[digit] : FOUR_BY_PI[digit] << shift | FOUR_BY_PI[digit + 1] >>> (64 - shift);
        }

        double sine() {
            double square = rest * rest;
            return rest + rest * square * Polynomial.at(square, SINE);
        }

        double cosine() {
            double square = rest * rest;
            return 1 - 0.5 * square + square * square * Polynomial.at(square, COSINE);
        }
    }

    public static double sin(double x) {
        if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) {
            return x == 0 ? x : Double.NaN;
        }
        Reduced angle = Reduced.of(Math.abs(x));
        long quarter = angle.octant() & 3;
        double y = quarter == 2 ? angle.cosine() : angle.sine();
        return x < 0 != angle.octant() > 3 ? -y : y;
    }

    public static double cos(double x) {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return Double.NaN;
        }
        Reduced angle = Reduced.of(Math.abs(x));
        boolean sideways = (angle.octant() & 3) == 2;
        double y = sideways ? angle.sine() : angle.cosine();
        return angle.octant() > 3 != sideways ? -y : y;
    }

    public static double tan(double x) {
        if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) {
            return x == 0 ? x : Double.NaN;
        }
        Reduced angle = Reduced.of(Math.abs(x));
        double z = angle.rest();
        double square = z * z;
        double y = z;
        if (square > 1e-14) {
            double above = Polynomial.at(
                    square, -1.30936939181383777646e4, 1.15351664838587416140e6, -1.79565251976484877988e7);
            double below = Polynomial.at(
                    square,
                    1,
                    1.36812963470692954678e4,
                    -1.32089234440210967447e6,
                    2.50083801823357915839e7,
                    -5.38695755929454629881e7);
            y = z + z * (square * above / below);
        }
        if ((angle.octant() & 2) == 2) {
            y = -1 / y;
        }
        return x < 0 ? -y : y;
    }

    public static double asin(double value) {
        double x = Math.abs(value);
        if (!(x <= 1) || x == 0) {
            return x == 0 ? value : Double.NaN;
        }
        double other = Math.sqrt(1 - x * x);
        double result = x > 0.7 ? Math.PI / 2 - reducedAtan(other / x) : reducedAtan(x / other);
        return value < 0 ? -result : result;
    }

    public static double acos(double x) {
        return Math.PI / 2 - asin(x);
    }

    public static double atan(double x) {
        return x > 0 ? reducedAtan(x) : x < 0 ? -reducedAtan(-x) : x;
    }

    /** The angle of a point, from -pi to pi. */
    public static double atan2(double y, double x) {
        boolean special = y == 0 || x == 0 || Double.isNaN(x / y) || Double.isInfinite(x) || Double.isInfinite(y);
        if (special) {
            return Math.atan2(y, x);
        }
        double quotient = atan(y / x);
        if (x < 0) {
            return quotient <= 0 ? quotient + Math.PI : quotient - Math.PI;
        }
        return quotient;
    }

    private static double reducedAtan(double x) {
        double more = 6.123233995736765886130e-17;
        if (x <= 0.66) {
            return series(x);
        }
        if (x > 2.41421356237309504880) {
            return Math.PI / 2 - series(1 / x) + more;
        }
        return Math.PI / 4 + series((x - 1) / (x + 1)) + 0.5 * more;
    }

    private static double series(double x) {
        double z = x * x;
        double above = Polynomial.at(
                z,
                -8.750608600031904122785e-01,
                -1.615753718733365076637e+01,
                -7.500855792314704667340e+01,
                -1.228866684490136173410e+02,
                -6.485021904942025371773e+01);
        double below = Polynomial.at(
                z,
                1,
                2.485846490142306297962e+01,
                1.650270098316988542046e+02,
                4.328810604912902668951e+02,
                4.853903996359136964868e+02,
                1.945506571482613964425e+02);
        return x * (z * above / below) + x;
    }
}
