package org.hearthwatch.prometheus.exposition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** A place in a line, and the words of the text formats from there. */
final class LineCursor {

    private static final int EXCERPT = 60;

    private final boolean strict;
    private final ExpositionLimits limits;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private long line;

    /** @param strict one blank, and a space, is all that separates */
    LineCursor(boolean strict, ExpositionLimits limits) {
        this.strict = strict;
        this.limits = limits;
    }

    void reset(byte[] buffer, int begin, int lineEnd, long number) {
        bytes = buffer;
        at = begin;
        end = lineEnd;
        line = number;
    }

    int at() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** The byte here, or -1 at the line's end. */
    int peek() {
        return at < end ? bytes[at] : -1;
    }

    boolean take(char expected) {
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** Goes over blanks where they may be. */
    void blanks() {
        if (!strict) {
            while (at < end && isBlank(bytes[at])) {
                at++;
            }
        }
    }

    /** Goes over what separates two words. */
    void separator() throws ExpositionException {
        if (strict ? !take(' ') : at == end || !isBlank(bytes[at])) {
            throw unexpected("a space");
        }
        blanks();
    }

    /** Takes a word if exactly it stands here, up to a blank or the end. */
    boolean takeWord(String word) {
        int length = word.length();
        if (end - at < length || (at + length < end && !isBlank(bytes[at + length]))) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += length;
        return true;
    }

    /** A name, plain or quoted. */
    String name(boolean colons) throws ExpositionException {
        if (peek() == '"') {
            return quoted("name", limits.nameBytes());
        }
        int begin = at;
        while (at < end && isNameByte(bytes[at], at == begin, colons)) {
            at++;
        }
        if (at == begin) {
            throw unexpected(colons ? "a metric name" : "a label name");
        }
        bounded("name", at - begin, limits.nameBytes());
        return new String(bytes, begin, at - begin, StandardCharsets.ISO_8859_1);
    }

    /** A string in quotes, escapes undone. Unknown escapes stay as they are, as in Prometheus. */
    String quoted(String what, int limit) throws ExpositionException {
        if (!take('"')) {
            throw unexpected("a quotation mark");
        }
        int begin = at;
        boolean escaped = false;
        while (at < end && bytes[at] != '"') {
            if (bytes[at] == '\\') {
                escaped = true;
                at++;
            }
            at++;
        }
        if (at >= end) {
            throw fail("the " + what + " has no closing quotation mark");
        }
        bounded(what, at - begin, limit);
        String text = text(begin, at, what);
        at++;
        if (what.equals("name") && text.isEmpty()) {
            throw fail("a name is empty");
        }
        return escaped ? unescaped(text, true) : text;
    }

    /** The rest of the line, escapes undone. */
    String rest() throws ExpositionException {
        String text = text(at, end, "help");
        at = end;
        return text.indexOf('\\') < 0 ? text : unescaped(text, strict);
    }

    /** The bytes up to the next blank or the end, as a word for people or parsing; at most 64 of them. */
    String word() throws ExpositionException {
        int begin = at;
        skipWord();
        bounded("word", at - begin, EXCERPT);
        return text(begin, at, "word");
    }

    double value() throws ExpositionException {
        int begin = at;
        skipWord();
        try {
            return FloatText.parse(bytes, begin, at);
        } catch (NumberFormatException e) {
            throw fail("\"" + excerpt(begin, at) + "\" is not a number");
        }
    }

    /** Milliseconds: written so in text, as seconds in OpenMetrics. */
    long timestamp() throws ExpositionException {
        int begin = at;
        if (strict) {
            double seconds = value();
            if (!(Math.abs(seconds) < Long.MAX_VALUE / 1000d)) {
                throw fail("\"" + excerpt(begin, at) + "\" is not a time");
            }
            return Math.round(seconds * 1000);
        }
        boolean negative = take('-');
        if (!negative) {
            take('+');
        }
        int first = at;
        long millis = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - first < 18) {
            millis = millis * 10 + (bytes[at++] - '0');
        }
        if (at == first || (at < end && !isBlank(bytes[at]))) {
            skipWord();
            throw fail("\"" + excerpt(begin, at) + "\" is not a time in milliseconds");
        }
        return negative ? -millis : millis;
    }

    private void skipWord() {
        while (at < end && !isBlank(bytes[at])) {
            at++;
        }
    }

    /** Where the series that begins here ends: behind its closing brace, or its name. */
    int seriesEnd() {
        int i = at;
        while (i < end && bytes[i] != '{' && !isBlank(bytes[i])) {
            i++;
        }
        int nameEnd = i;
        while (!strict && i < end && isBlank(bytes[i])) {
            i++;
        }
        if (i == end || bytes[i] != '{') {
            return nameEnd;
        }
        boolean inside = false;
        for (; i < end; i++) {
            int c = bytes[i];
            if (c == '"') {
                inside = !inside;
            } else if (c == '\\' && inside) {
                i++;
            } else if (c == '}' && !inside) {
                return i + 1;
            }
        }
        return end;
    }

    private void bounded(String what, int length, int limit) throws ExpositionException {
        if (length > limit) {
            throw fail("a " + what + " is longer than " + limit + " bytes");
        }
    }

    private String text(int begin, int until, String what) throws ExpositionException {
        int i = begin;
        while (i < until && bytes[i] >= 0) {
            i++;
        }
        if (i == until) {
            return new String(bytes, begin, until - begin, StandardCharsets.ISO_8859_1);
        }
        try {
            return utf8.decode(ByteBuffer.wrap(bytes, begin, until - begin)).toString();
        } catch (CharacterCodingException e) {
            throw fail("invalid UTF-8 in a " + what);
        }
    }

    private static String unescaped(String text, boolean quotes) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char following = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (following == 'n') {
                plain.append('\n');
                i++;
            } else if (following == '\\' || (following == '"' && quotes)) {
                plain.append(following);
                i++;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    ExpositionException unexpected(String expected) {
        return fail(
                "expected " + expected + (at >= end ? " before the line's end" : ", not \"" + excerpt(at, end) + "\""));
    }

    ExpositionException fail(String reason) {
        return new ExpositionException(line, reason);
    }

    private String excerpt(int begin, int until) {
        var text = new StringBuilder();
        for (int i = begin; i < Math.min(until, begin + EXCERPT); i++) {
            text.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '?');
        }
        return text.append(until - begin > EXCERPT ? "..." : "").toString();
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isNameByte(int c, boolean first, boolean colons) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (c >= '0' && c <= '9' && !first)
                || (c == ':' && colons);
    }
}
