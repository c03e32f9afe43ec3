package org.hearthwatch.query.function;

/** Two native histograms whose buckets cannot be brought together; expected, so without a stack trace. */
public final class BucketMismatchException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean ofBounds;

    BucketMismatchException(boolean ofBounds) {
        super(ofBounds ? "different custom bounds" : "exponential and custom buckets", null, false, false);
        this.ofBounds = ofBounds;
    }

    /** Whether both have bounds of their own, which differ; otherwise one of them has and the other has not. */
    public boolean isOfBounds() {
        return ofBounds;
    }
}
