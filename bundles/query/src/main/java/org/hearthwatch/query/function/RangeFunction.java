package org.hearthwatch.query.function;

/** Makes one number of the samples in a range. */
@FunctionalInterface
public interface RangeFunction {

    /** The result, or {@link Cell#ABSENT} if there is none; the window holds at least one sample. */
    double apply(Window window);
}
