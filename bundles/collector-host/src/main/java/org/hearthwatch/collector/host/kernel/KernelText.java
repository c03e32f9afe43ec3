package org.hearthwatch.collector.host.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Walks through a text file of the kernel by lines and words without making a {@code String} of what is only compared or
 * counted.
 *
 * <pre>{@code
 * while (text.nextLine()) {
 *     if (text.nextWord() && text.wordIs("ctxt")) {
 *         double switches = text.nextNumber();
 *     }
 * }
 * }</pre>
 *
 * <p>Words are separated by blanks and tabs. Numbers are unsigned up to 2<sup>64</sup> unless a method says otherwise;
 * anything else is refused with file and line. Not thread-safe; valid until the reader it came from reads again.
 */
public final class KernelText {

    private static final int QUOTED = 40;
    /** Up to here ten more can be multiplied in without overflow. */
    private static final long EXACT = (Long.MAX_VALUE - 9) / 10;

    private String origin = "";
    private byte[] bytes = new byte[0];
    private int limit;
    private int nextLine;
    private int line;
    private int position;
    private int lineEnd;
    private int wordStart;
    private int wordEnd;

    /** Text that does not come from a reader. */
    public static KernelText of(String text) {
        var kernelText = new KernelText();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        kernelText.reset("text", bytes, bytes.length);
        return kernelText;
    }

    void reset(String from, byte[] source, int length) {
        origin = from;
        bytes = source;
        limit = length;
        nextLine = 0;
        line = 0;
        position = 0;
        lineEnd = 0;
        wordStart = 0;
        wordEnd = 0;
    }

    /** Goes to the start of the next line; false at the end. */
    public boolean nextLine() {
        if (nextLine >= limit) {
            return false;
        }
        position = nextLine;
        int end = position;
        while (end < limit && bytes[end] != '\n') {
            end++;
        }
        lineEnd = end;
        nextLine = end + 1;
        line++;
        wordStart = position;
        wordEnd = position;
        return true;
    }

    /** Goes to the next word of the line; false at its end. */
    public boolean nextWord() {
        int start = position;
        while (start < lineEnd && isBlank(bytes[start])) {
            start++;
        }
        int end = start;
        while (end < lineEnd && !isBlank(bytes[end])) {
            end++;
        }
        wordStart = start;
        wordEnd = end;
        position = end;
        return end > start;
    }

    /** Takes what stands before the next separator as the word, without surrounding blanks; false if there is none in the line. */
    public boolean nextUntil(char separator) {
        int end = position;
        while (end < lineEnd && bytes[end] != separator) {
            end++;
        }
        if (end == lineEnd) {
            return false;
        }
        take(position, end);
        position = end + 1;
        return true;
    }

    /** Takes the rest of the line as the word, without surrounding blanks; false if nothing is left. */
    public boolean rest() {
        take(position, lineEnd);
        position = lineEnd;
        return wordEnd > wordStart;
    }

    private void take(int from, int to) {
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        wordStart = from;
        wordEnd = to;
    }

    /** Skips words; false if the line had fewer. */
    public boolean skipWords(int count) {
        for (int i = 0; i < count; i++) {
            if (!nextWord()) {
                return false;
            }
        }
        return true;
    }

    /** The word as text; what is no UTF-8 becomes U+FFFD. */
    public String word() {
        return new String(bytes, wordStart, wordEnd - wordStart, StandardCharsets.UTF_8);
    }

    /** Whether the word is this ASCII text. */
    public boolean wordIs(String ascii) {
        return wordEnd - wordStart == ascii.length() && wordStartsWith(ascii);
    }

    /** Whether the word begins with this ASCII text. */
    public boolean wordStartsWith(String ascii) {
        if (wordEnd - wordStart < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[wordStart + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The word without its first characters. */
    public void dropFromWord(int characters) {
        wordStart = Math.min(wordEnd, wordStart + characters);
    }

    /** Goes on in the line from a place of the word. */
    public void continueAt(int index) {
        position = Math.min(lineEnd, wordStart + index);
    }

    public int wordLength() {
        return wordEnd - wordStart;
    }

    /** The byte at a place of the word. */
    public byte wordAt(int index) {
        return bytes[wordStart + index];
    }

    /**
     * The word as an unsigned whole number.
     *
     * @throws MalformedException if it is something else
     */
    public double number() throws MalformedException {
        return number(wordStart);
    }

    /**
     * The word as a whole number that may be negative.
     *
     * @throws MalformedException if it is something else
     */
    public double signedNumber() throws MalformedException {
        boolean negative = wordEnd > wordStart && bytes[wordStart] == '-';
        // Subtracted rather than negated: there is no negative zero.
        return negative ? 0 - number(wordStart + 1) : number(wordStart);
    }

    private double number(int from) throws MalformedException {
        if (from >= wordEnd || wordEnd - from > 20) {
            throw malformed("a whole number");
        }
        long exact = 0;
        double value = 0;
        boolean large = false;
        for (int i = from; i < wordEnd; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed("a whole number");
            }
            if (!large && exact > EXACT) {
                large = true;
                value = exact;
            }
            if (large) {
                value = value * 10 + digit;
            } else {
                exact = exact * 10 + digit;
            }
        }
        return large ? value : exact;
    }

    /**
     * The word as a hexadecimal number without or with {@code 0x}, up to 64 bits.
     *
     * @throws MalformedException if it is something else
     */
    public double hexNumber() throws MalformedException {
        int from = wordStartsWith("0x") ? wordStart + 2 : wordStart;
        if (from >= wordEnd || wordEnd - from > 16) {
            throw malformed("a hexadecimal number");
        }
        double value = 0;
        for (int i = from; i < wordEnd; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                throw malformed("a hexadecimal number");
            }
            value = value * 16 + digit;
        }
        return value;
    }

    /**
     * The word as a finite decimal number such as {@code 0.42}.
     *
     * @throws MalformedException if it is something else
     */
    public double decimal() throws MalformedException {
        OptionalDouble value = asDecimal();
        if (value.isEmpty()) {
            throw malformed("a number");
        }
        return value.getAsDouble();
    }

    /** The word as a finite decimal number; empty if it is something else. */
    public OptionalDouble asDecimal() {
        if (wordEnd == wordStart || wordEnd - wordStart > QUOTED) {
            return OptionalDouble.empty();
        }
        for (int i = wordStart; i < wordEnd; i++) {
            // Java would also read 1d, 1f, NaN and hexadecimal numbers.
            if ("0123456789+-.eE".indexOf(bytes[i]) < 0) {
                return OptionalDouble.empty();
            }
        }
        try {
            double value = Double.parseDouble(word());
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /**
     * The next word of the line as an unsigned whole number.
     *
     * @throws MalformedException if the line ends or it is something else
     */
    public double nextNumber() throws MalformedException {
        nextWord();
        return number();
    }

    /** Says what was expected where the word stands. */
    public MalformedException malformed(String expected) {
        String found = new String(bytes, wordStart, Math.min(QUOTED, wordEnd - wordStart), StandardCharsets.UTF_8);
        var printable = new StringBuilder();
        found.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(printable::appendCodePoint);
        return new MalformedException(origin + ", line " + Math.max(1, line) + ": expected " + expected
                + (found.isEmpty() ? " but the line ends" : ", found \"" + printable + "\""));
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == 0;
    }

    /** For {@link WordCache}: the hash of the word's bytes. */
    int wordHash() {
        int hash = 1;
        for (int i = wordStart; i < wordEnd; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** For {@link WordCache}: a copy of the word's bytes. */
    byte[] wordBytes() {
        return Arrays.copyOfRange(bytes, wordStart, wordEnd);
    }

    /** For {@link WordCache}: whether the word has these bytes. */
    boolean wordIs(byte[] other) {
        return Arrays.equals(bytes, wordStart, wordEnd, other, 0, other.length);
    }
}
