package org.hearthwatch.prometheus.exposition;

/** A text that is not what it says to be; the message names the line and what is wrong with it. */
public final class ExpositionException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_REASON = 300;

    private final long line;
    private final String reason;

    /** @param words may quote the text, whatever characters are in it */
    ExpositionException(long line, String words) {
        super("line " + line + ": " + printable(words));
        this.line = line;
        this.reason = printable(words);
    }

    /** One line, and not long. */
    private static String printable(String words) {
        var text = new StringBuilder();
        for (int i = 0; i < words.length() && text.length() < LONGEST_REASON; i++) {
            char c = words.charAt(i);
            boolean plain = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
            text.append(plain ? c : '?');
        }
        return text.toString();
    }

    /** Counted from 1. */
    public long line() {
        return line;
    }

    /** What is wrong, without the line. */
    public String reason() {
        return reason;
    }
}
