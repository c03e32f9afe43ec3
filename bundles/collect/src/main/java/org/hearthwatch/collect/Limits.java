package org.hearthwatch.collect;

/**
 * What one run may report. A run that passes a limit is refused whole.
 *
 * @param series of one collector
 * @param labels of one series, beside its name, job and instance
 * @param labelValueLength in characters
 */
public record Limits(int series, int labels, int labelValueLength) {

    /** The longest help text, in characters. */
    public static final int HELP_LENGTH = 2000;
}
