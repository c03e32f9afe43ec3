package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.function.BucketMismatchException;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.syntax.BinaryOperator;
import org.hearthwatch.query.syntax.Expr;
import org.jspecify.annotations.Nullable;

/** A binary operator where at least one side is a native histogram. Holds its last result; not thread-safe. */
final class MixedOperator {

    /** Why two sides cannot be brought together. */
    enum Complaint {
        FLOAT_HISTOGRAM,
        HISTOGRAM_FLOAT,
        HISTOGRAMS,
        BUCKETS
    }

    private final BinaryOperator operator;
    private final boolean bool;
    private final Notes notes;
    private final Notes.Place place;

    private double value = Cell.ABSENT;
    private @Nullable Distribution histogram;
    private @Nullable Complaint complaint;

    MixedOperator(Expr.Binary binary, Notes notes) {
        this.operator = binary.operator();
        this.bool = binary.bool();
        this.notes = notes;
        this.place = Notes.Place.of(binary);
    }

    /** The number it came to, if it came to one. */
    double value() {
        return value;
    }

    /** The histogram it came to. */
    @Nullable
    Distribution histogram() {
        return histogram;
    }

    /** What was wrong with it. */
    @Nullable
    Complaint complaint() {
        return complaint;
    }

    /** Takes a histogram, or where there is none the number, of each side. */
    void apply(double left, @Nullable Distribution leftHistogram, double right, @Nullable Distribution rightHistogram) {
        value = Cell.ABSENT;
        histogram = null;
        complaint = null;
        if (leftHistogram != null && rightHistogram != null) {
            histograms(leftHistogram, rightHistogram);
        } else if (leftHistogram != null) {
            switch (operator) {
                case MULTIPLY -> histogram = leftHistogram.times(right).compacted();
                case DIVIDE -> histogram = leftHistogram.over(right).compacted();
                default -> complaint = Complaint.HISTOGRAM_FLOAT;
            }
        } else if (rightHistogram != null) {
            if (operator == BinaryOperator.MULTIPLY) {
                histogram = rightHistogram.times(left).compacted();
            } else {
                complaint = Complaint.FLOAT_HISTOGRAM;
            }
        }
        if (bool && complaint == null && histogram != null) {
            value = 1;
            histogram = null;
        }
    }

    private void histograms(Distribution left, Distribution right) {
        try {
            switch (operator) {
                case ADD -> histogram = left.plus(right).compacted();
                case SUBTRACT -> histogram = left.minus(right).compacted();
                case EQUAL -> keep(left, left.sameAs(right));
                case NOT_EQUAL -> keep(left, !left.sameAs(right));
                default -> complaint = Complaint.HISTOGRAMS;
            }
        } catch (BucketMismatchException e) {
            complaint = Complaint.BUCKETS;
        }
    }

    private void keep(Distribution left, boolean keep) {
        if (keep) {
            histogram = left;
        } else if (bool) {
            value = 0;
        }
    }

    /** Tells what was wrong. */
    void note(Complaint found) {
        String sign = operator.sign();
        switch (found) {
            case FLOAT_HISTOGRAM -> notes.incompatibleTypes("float", sign, "histogram", place);
            case HISTOGRAM_FLOAT -> notes.incompatibleTypes("histogram", sign, "float", place);
            case HISTOGRAMS -> notes.incompatibleTypes("histogram", sign, "histogram", place);
            case BUCKETS -> notes.bucketMismatchOfOperator(sign, place);
        }
    }
}
