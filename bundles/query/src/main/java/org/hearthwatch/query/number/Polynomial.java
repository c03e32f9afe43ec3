package org.hearthwatch.query.number;

/** Horner's scheme, in the order of operations that Go's mathematical functions have. */
final class Polynomial {

    private Polynomial() {}

    /**
     * The value at a place.
     *
     * @param coefficients from the highest power down
     */
    static double at(double x, double... coefficients) {
        double sum = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
