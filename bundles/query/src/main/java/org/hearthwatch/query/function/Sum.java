package org.hearthwatch.query.function;

/**
 * A sum that keeps what rounding loses (Kahan's summation with Neumaier's improvement), as Prometheus adds. Not
 * thread-safe.
 */
final class Sum {

    private double sum;
    private double lost;

    void add(double term) {
        double next = sum + term;
        if (Double.isInfinite(next)) {
            lost = 0;
        } else if (Math.abs(sum) >= Math.abs(term)) {
            lost += (sum - next) + term;
        } else {
            lost += (term - next) + sum;
        }
        sum = next;
    }

    double value() {
        return sum + lost;
    }

    /** The sum before correction, which is infinite when it has overflown. */
    double raw() {
        return sum;
    }

    double lost() {
        return lost;
    }
}
