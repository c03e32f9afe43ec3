package org.hearthwatch.query.syntax;

import java.nio.charset.StandardCharsets;

/**
 * A place in an expression as people are told it: line and column from one, the column counted in bytes of UTF-8 as
 * Prometheus does.
 */
public record TextPosition(int line, int column) {

    /** The position of the character at an index of the text, from 0 to its length. */
    public static TextPosition of(String text, int index) {
        String before = text.substring(0, Math.max(0, Math.min(index, text.length())));
        int lastBreak = before.lastIndexOf('\n');
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new TextPosition(line, 1 + before.substring(lastBreak + 1).getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
