package org.hearthwatch.query.function;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The bounds of native histograms' buckets, to the last bit as Prometheus has them: clients in the field and Prometheus
 * itself share one table of the powers of two between 0.5 and 1, which is rounded carelessly.
 */
final class BucketBounds {

    private static final int FINEST = 8;

    /** By how many units in the last place each entry of that table is less than the exact root, plus one. */
    private static final String ROUNDED_OFF = "1111112111211111112311222222222211211121122211221122102211221122"
            + "1111112222332132112111211112111111121011213311221222112121332222"
            + "2121223322322122222222323233323311221121223321332233212232332232"
            + "2243223233433343333333444455435422322333324422333243223333543344";

    private static final double[] FRACTIONS = fractions();

    private BucketBounds() {}

    private static double[] fractions() {
        var precise = new MathContext(60);
        BigDecimal root = BigDecimal.valueOf(2);
        for (int i = 0; i < FINEST; i++) {
            root = root.sqrt(precise);
        }
        var fractions = new double[1 << FINEST];
        BigDecimal exact = BigDecimal.valueOf(0.5);
        for (int i = 0; i < fractions.length; i++) {
            fractions[i] = exact.doubleValue();
            fractions[i] -= (ROUNDED_OFF.charAt(i) - '1') * Math.ulp(fractions[i]);
            exact = exact.multiply(root, precise);
        }
        return fractions;
    }

    /** The upper bound of a positive bucket of an exponential schema. */
    static double exponential(int index, int schema) {
        double fraction = 1;
        int exponent;
        if (schema < 0) {
            exponent = index << -schema;
        } else {
            fraction = 2 * FRACTIONS[(index & ((1 << schema) - 1)) << (FINEST - schema)];
            exponent = index >> schema;
        }
        // The last bucket of finite numbers ends with the greatest of them; behind it lies the bucket of infinity.
        return fraction == 1 && exponent == 1024 ? Double.MAX_VALUE : Math.scalb(fraction, exponent);
    }

    /** The upper bound of a bucket of a schema with bounds of its own; index -1 is the lower bound of the first. */
    static double custom(int index, double[] bounds) {
        if (index < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return index >= bounds.length ? Double.POSITIVE_INFINITY : bounds[index];
    }
}
