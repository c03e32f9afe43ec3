package org.hearthwatch.query.evaluation;

/** The least and greatest of an aggregation's parameter over all steps; NaN if any of them is. */
record Extremes(double least, double greatest) {

    static Extremes of(double[] values) {
        double least = Double.MAX_VALUE;
        double greatest = -Double.MAX_VALUE;
        for (double value : values) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return values.length == 1 ? new Extremes(values[0], values[0]) : new Extremes(least, greatest);
    }

    void noteInvalidQuantiles(Notes notes, Notes.Place parameter) {
        if (Double.isNaN(least)) {
            notes.invalidQuantile(Double.NaN, parameter);
        }
        if (greatest > 1) {
            notes.invalidQuantile(greatest, parameter);
        }
        if (least < 0) {
            notes.invalidQuantile(least, parameter);
        }
    }

    void noteInvalidRatios(Notes notes, Notes.Place parameter) {
        if (greatest > 1) {
            notes.invalidRatio(greatest, 1, parameter);
        }
        if (least < -1) {
            notes.invalidRatio(least, -1, parameter);
        }
    }
}
