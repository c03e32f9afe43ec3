package org.hearthwatch.alert.timeinterval;

/** Whole numbers from one to another, both included. */
public record Span(int begin, int end) {

    boolean contains(int value) {
        return value >= begin && value <= end;
    }
}
