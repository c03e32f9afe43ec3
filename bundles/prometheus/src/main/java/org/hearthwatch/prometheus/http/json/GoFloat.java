package org.hearthwatch.prometheus.http.json;

/**
 * Doubles as Go's {@code strconv.FormatFloat} writes them with precision -1. Not thread-safe.
 */
public final class GoFloat {

    /** No number is longer: the least double written out has a sign, a point, 324 places, and up to 17 digits. */
    static final int LONGEST = 352;

    /** Below, a double without a fraction is exactly the {@code long}. */
    private static final double WHOLE = 1L << 53;

    /** Below, three decimals are enough to tell a double from its neighbours. */
    private static final double LARGE = 1L << 39;

    /** From here on {@link Layout#GENERAL} has an exponent. */
    private static final double MANY = 1e6;

    private static final int EIGHT_DIGITS = 100_000_000;

    /** 00, 01 and so on to 99. */
    private static final byte[] PAIRS = new byte[200];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private final ShortestDecimal decimal = new ShortestDecimal();
    private final byte[] digits = new byte[20];

    /** How a number is laid out. */
    public enum Layout {
        /** Never with an exponent: Go's {@code 'f'}. */
        PLAIN,
        /** Always with one: {@code 'e'}. */
        EXPONENT,
        /** With an exponent below 1e-4 and from 1e6 on, as in the text exposition formats: {@code 'g'}. */
        GENERAL,
        /** With an exponent below 1e-6 and from 1e21 on: what JSON and JavaScript do. */
        JSON
    }

    /** The text of a number. */
    public static String text(double value, Layout layout) {
        var bytes = new byte[LONGEST];
        int length = new GoFloat().write(value, layout, bytes, 0);
        return new String(bytes, 0, length, java.nio.charset.StandardCharsets.US_ASCII);
    }

    /**
     * Writes a number.
     *
     * @param into has {@link #LONGEST} places from {@code at} on
     * @return the place behind it
     */
    int write(double value, Layout layout, byte[] into, int at) {
        if (Double.isNaN(value)) {
            return ascii("NaN", into, at);
        }
        if (Double.isInfinite(value)) {
            return ascii(value > 0 ? "+Inf" : "-Inf", into, at);
        }
        int end = at;
        if (Double.doubleToRawLongBits(value) < 0) {
            into[end++] = '-';
        }
        double magnitude = Math.abs(value);
        double most = layout == Layout.GENERAL ? MANY : layout == Layout.EXPONENT ? 0 : WHOLE;
        if (magnitude < most && magnitude == (long) magnitude) {
            return whole((long) magnitude, into, end);
        }
        if ((layout == Layout.PLAIN || layout == Layout.JSON) && isThousandths(magnitude)) {
            return thousandths(magnitude, into, end);
        }
        decimal.of(magnitude);
        int count = digitsOf(decimal.digits());
        // How many digits stand before the point; negative for zeros behind it.
        int point = magnitude == 0 ? 1 : count + decimal.exponent();
        boolean exponent = switch (layout) {
            case PLAIN -> false;
            case EXPONENT -> true;
            case GENERAL -> point - 1 < -4 || point - 1 >= 6;
            case JSON -> magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21);
        };
        return exponent ? exponential(count, point - 1, into, end) : plain(count, point, into, end);
    }

    /**
     * Whether three decimals say a number, as they do most measured ones. Below {@link #LARGE} neighbours are so much less than
     * a thousandth apart that no other text of three decimals means the same.
     */
    private static boolean isThousandths(double magnitude) {
        double scaled = magnitude * 1000;
        return magnitude < LARGE && scaled >= 1 && scaled == (long) scaled && scaled / 1000 == magnitude;
    }

    private static int thousandths(double magnitude, byte[] into, int at) {
        long whole = (long) magnitude;
        int fraction = (int) ((long) (magnitude * 1000) - 1000 * whole);
        int end = whole(whole, into, at);
        into[end++] = '.';
        into[end++] = (byte) ('0' + fraction / 100);
        if (fraction % 100 != 0) {
            into[end++] = (byte) ('0' + fraction / 10 % 10);
        }
        if (fraction % 10 != 0) {
            into[end++] = (byte) ('0' + fraction % 10);
        }
        return end;
    }

    /** Writes a whole number of zero or more. */
    static int whole(long value, byte[] into, int at) {
        if (value >= EIGHT_DIGITS) {
            long high = value / EIGHT_DIGITS;
            int low = (int) (value - high * EIGHT_DIGITS);
            int end = whole(high, into, at);
            pair(low / 1_000_000, into, end);
            pair(low / 10_000 % 100, into, end + 2);
            pair(low / 100 % 100, into, end + 4);
            pair(low % 100, into, end + 6);
            return end + 8;
        }
        int rest = (int) value;
        int length = 1;
        for (int bound = 10; rest >= bound; bound *= 10) {
            length++;
        }
        int place = at + length;
        while (rest >= 100) {
            int high = rest / 100;
            place -= 2;
            pair(rest - 100 * high, into, place);
            rest = high;
        }
        if (rest >= 10) {
            pair(rest, into, at);
        } else {
            into[at] = (byte) ('0' + rest);
        }
        return at + length;
    }

    private static void pair(int number, byte[] into, int at) {
        into[at] = PAIRS[2 * number];
        into[at + 1] = PAIRS[2 * number + 1];
    }

    private int digitsOf(long number) {
        return whole(number, digits, 0);
    }

    private int plain(int count, int point, byte[] into, int at) {
        int end = at;
        if (point <= 0) {
            into[end++] = '0';
            into[end++] = '.';
            for (int i = point; i < 0; i++) {
                into[end++] = '0';
            }
        }
        int before = Math.max(0, Math.min(point, count));
        System.arraycopy(digits, 0, into, end, before);
        end += before;
        if (before < count) {
            if (point > 0) {
                into[end++] = '.';
            }
            System.arraycopy(digits, before, into, end, count - before);
            end += count - before;
        }
        for (int i = count; i < point; i++) {
            into[end++] = '0';
        }
        return end;
    }

    private int exponential(int count, int exponent, byte[] into, int at) {
        int end = at;
        into[end++] = digits[0];
        if (count > 1) {
            into[end++] = '.';
            System.arraycopy(digits, 1, into, end, count - 1);
            end += count - 1;
        }
        into[end++] = 'e';
        into[end++] = (byte) (exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        if (size < 10) {
            into[end++] = '0';
        }
        return whole(size, into, end);
    }

    private static int ascii(String text, byte[] into, int at) {
        for (int i = 0; i < text.length(); i++) {
            into[at + i] = (byte) text.charAt(i);
        }
        return at + text.length();
    }
}
