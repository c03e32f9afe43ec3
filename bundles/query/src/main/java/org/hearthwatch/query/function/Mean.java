package org.hearthwatch.query.function;

/**
 * An arithmetic mean: of the sum as long as that does not overflow, from then on step by step. Follows Prometheus 3.5,
 * so that the last digits agree. Not thread-safe.
 */
public final class Mean {

    private double sum;
    private double mean;
    private double lost;
    private double count;
    private boolean stepwise;

    /** The mean of what was added up so far, without an overflow. */
    static Mean of(double sum, double lost, int count) {
        var mean = new Mean();
        mean.sum = sum;
        mean.lost = lost;
        mean.count = count;
        return mean;
    }

    public void add(double value) {
        count++;
        if (count == 1) {
            sum = value;
            return;
        }
        if (!stepwise) {
            double next = sum + value;
            if (!Double.isInfinite(next)) {
                lost += correction(sum, value, next);
                sum = next;
                return;
            }
            stepwise = true;
            mean = sum / (count - 1);
            lost /= count - 1;
        }
        double share = (count - 1) / count;
        double scaled = share * mean;
        double term = value / count;
        double next = scaled + term;
        lost = Double.isInfinite(next) ? 0 : share * lost + correction(scaled, term, next);
        mean = next;
    }

    private static double correction(double sum, double term, double next) {
        return Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
    }

    public double value() {
        return stepwise ? mean + lost : sum / count + lost / count;
    }
}
