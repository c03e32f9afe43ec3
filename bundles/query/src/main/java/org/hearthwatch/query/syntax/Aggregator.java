package org.hearthwatch.query.syntax;

import java.util.Locale;

/** The aggregation operators. */
public enum Aggregator {
    SUM,
    AVG,
    COUNT,
    MIN,
    MAX,
    GROUP,
    STDDEV,
    STDVAR,
    TOPK,
    BOTTOMK,
    COUNT_VALUES,
    QUANTILE,
    LIMITK,
    LIMIT_RATIO;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Aggregator ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether a number or text comes before the expression, as in {@code topk(3, ...)}. */
    public boolean takesParameter() {
        return switch (this) {
            case TOPK, BOTTOMK, COUNT_VALUES, QUANTILE, LIMITK, LIMIT_RATIO -> true;
            default -> false;
        };
    }

    /** Whether it gives back some of the series it got instead of new ones. */
    public boolean selects() {
        return switch (this) {
            case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> true;
            default -> false;
        };
    }

    /** Whether it needs {@link Feature#PROMQL_EXPERIMENTAL_FUNCTIONS}. */
    public boolean experimental() {
        return this == LIMITK || this == LIMIT_RATIO;
    }
}
