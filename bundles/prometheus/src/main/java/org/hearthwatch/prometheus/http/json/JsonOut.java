package org.hearthwatch.prometheus.http.json;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.hearthwatch.prometheus.http.json.GoFloat.Layout;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as it is made, without a tree and without an object a number. Commas come of themselves; that the nesting
 * is right is the caller's care. Texts are escaped as Go does, {@code <}, {@code >} and {@code &} too. Not thread-safe.
 */
public final class JsonOut implements AutoCloseable {

    private static final int SIZE = 32 * 1024;
    /** Room that is always left in front of something of bounded length. */
    private static final int ROOM = 2 * GoFloat.LONGEST;

    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** The characters of ASCII that stand for themselves. */
    private static final boolean[] PLAIN = new boolean[0x80];

    static {
        for (char c = ' '; c < PLAIN.length; c++) {
            PLAIN[c] = "\"\\<>&".indexOf(c) < 0;
        }
    }

    /** For so many labels of a series what was written last is kept, for the next has most of it again. */
    private static final int PLACES = 16;

    private static final int LONGEST_KEPT = 64;

    private final OutputStream out;
    private final byte[] buffer = new byte[SIZE];
    private final Written[] names = new Written[PLACES];
    private final Written[] values = new Written[PLACES];
    private final GoFloat floats = new GoFloat();
    private int size;
    private boolean comma;

    /** A text as it was written, quotes included. */
    private static final class Written {

        private @Nullable String text;
        private final byte[] bytes = new byte[LONGEST_KEPT];
        private int length;
    }

    public JsonOut(OutputStream out) {
        this.out = out;
    }

    /**
     * A label: the name of a field and its text.
     *
     * @param place of the label among those of its series, from 0
     */
    public JsonOut label(int place, String name, String value) throws IOException {
        if (place >= PLACES) {
            return key(name).string(value);
        }
        if (size > SIZE - ROOM) {
            flush();
        }
        if (comma) {
            buffer[size++] = ',';
        }
        comma = false;
        again(names, place, name);
        buffer[size++] = ':';
        comma = false;
        return again(values, place, value);
    }

    @SuppressWarnings("ReferenceEquality") // the same object, as it nearly always is
    private JsonOut again(Written[] kept, int place, String text) throws IOException {
        Written before = kept[place];
        if (before == null) {
            before = new Written();
            kept[place] = before;
        } else if (before.text == text && size <= SIZE - ROOM - LONGEST_KEPT) {
            System.arraycopy(before.bytes, 0, buffer, size, before.length);
            size += before.length;
            comma = true;
            return this;
        }
        // Where nothing is handed on meanwhile, it stands in one piece; a character takes six bytes at most.
        boolean whole = text.length() <= LONGEST_KEPT && 8 * LONGEST_KEPT <= SIZE - ROOM - size;
        int from = size;
        string(text);
        before.text = null;
        if (whole && size - from <= LONGEST_KEPT) {
            before.length = size - from;
            System.arraycopy(buffer, from, before.bytes, 0, before.length);
            before.text = text;
        }
        return this;
    }

    /** Begins an object. */
    public JsonOut object() throws IOException {
        return open('{');
    }

    /** Ends an object. */
    public JsonOut endObject() throws IOException {
        return close('}');
    }

    /** Begins an array. */
    public JsonOut array() throws IOException {
        return open('[');
    }

    /** Ends an array. */
    public JsonOut endArray() throws IOException {
        return close(']');
    }

    /** The name of the value that follows. */
    public JsonOut key(String name) throws IOException {
        string(name);
        buffer[size++] = ':';
        comma = false;
        return this;
    }

    public JsonOut string(String text) throws IOException {
        begin();
        int length = text.length();
        if (length > SIZE - ROOM - size && length < SIZE / 2) {
            flush();
        }
        byte[] into = buffer;
        int at = size;
        into[at++] = '"';
        // Nearly all texts are plain to their end.
        int plain = 0;
        for (int most = Math.min(length, SIZE - ROOM - at); plain < most; plain++) {
            char c = text.charAt(plain);
            if (c >= 0x80 || !PLAIN[c]) {
                break;
            }
            into[at++] = (byte) c;
        }
        size = at;
        if (plain < length) {
            rest(text, plain);
        }
        buffer[size++] = '"';
        return this;
    }

    private void rest(String text, int from) throws IOException {
        for (int i = from; i < text.length(); i++) {
            if (size > SIZE - ROOM) {
                flush();
            }
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += wide(text, i);
            } else if (PLAIN[c]) {
                buffer[size++] = (byte) c;
            } else {
                escaped(c);
            }
        }
    }

    public JsonOut number(long value) throws IOException {
        begin();
        if (value < 0) {
            buffer[size++] = '-';
        }
        size = value == Long.MIN_VALUE
                ? GoFloat.whole(8, buffer, GoFloat.whole(922_337_203_685_477_580L, buffer, size))
                : GoFloat.whole(Math.abs(value), buffer, size);
        return this;
    }

    /** A number as JSON has it; what JSON has none for is written as null. */
    public JsonOut number(double value) throws IOException {
        if (!Double.isFinite(value)) {
            return nothing();
        }
        begin();
        size = floats.write(value, Layout.JSON, buffer, size);
        return this;
    }

    /** A length of time in seconds. */
    public JsonOut seconds(Duration duration) throws IOException {
        return number(duration.toNanos() / 1e9);
    }

    /** A sample's value: a number in quotes. */
    public JsonOut value(double value, Layout layout) throws IOException {
        begin();
        buffer[size++] = '"';
        size = floats.write(value, layout, buffer, size);
        buffer[size++] = '"';
        return this;
    }

    /** A sample's time in seconds, with three decimals unless it is whole. */
    public JsonOut time(long millis) throws IOException {
        begin();
        size = seconds(millis, buffer, size);
        return this;
    }

    /** A sample: its time and its value in an array. */
    public JsonOut point(long millis, double value) throws IOException {
        begin();
        byte[] into = buffer;
        int at = size;
        into[at++] = '[';
        at = seconds(millis, into, at);
        into[at++] = ',';
        into[at++] = '"';
        at = floats.write(value, Layout.JSON, into, at);
        into[at++] = '"';
        into[at++] = ']';
        size = at;
        return this;
    }

    private static int seconds(long millis, byte[] into, int at) {
        int end = at;
        if (millis < 0) {
            into[end++] = '-';
        }
        long magnitude = Math.abs(millis);
        long whole = magnitude / 1000;
        end = GoFloat.whole(whole, into, end);
        int fraction = (int) (magnitude - 1000 * whole);
        if (fraction != 0) {
            into[end++] = '.';
            into[end++] = (byte) ('0' + fraction / 100);
            into[end++] = (byte) ('0' + fraction / 10 % 10);
            into[end++] = (byte) ('0' + fraction % 10);
        }
        return end;
    }

    public JsonOut bool(boolean value) throws IOException {
        return raw(value ? "true" : "false");
    }

    /** {@code null}. */
    public JsonOut nothing() throws IOException {
        return raw("null");
    }

    /** JSON that is there already, in ASCII or not. */
    public JsonOut raw(String json) throws IOException {
        begin();
        for (byte b : json.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            if (size > SIZE - ROOM) {
                flush();
            }
            buffer[size++] = b;
        }
        return this;
    }

    /** Hands on what is written so far and closes the stream. */
    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }

    private void flush() throws IOException {
        out.write(buffer, 0, size);
        size = 0;
    }

    /** In front of a value: a comma where one is due, and room for whatever is short. */
    private void begin() throws IOException {
        if (size > SIZE - ROOM) {
            flush();
        }
        if (comma) {
            buffer[size++] = ',';
        }
        comma = true;
    }

    private JsonOut open(char bracket) throws IOException {
        begin();
        buffer[size++] = (byte) bracket;
        comma = false;
        return this;
    }

    private JsonOut close(char bracket) throws IOException {
        if (size > SIZE - ROOM) {
            flush();
        }
        buffer[size++] = (byte) bracket;
        comma = true;
        return this;
    }

    private void escaped(char c) {
        buffer[size++] = '\\';
        switch (c) {
            case '"', '\\' -> buffer[size++] = (byte) c;
            case '\n' -> buffer[size++] = 'n';
            case '\r' -> buffer[size++] = 'r';
            case '\t' -> buffer[size++] = 't';
            default -> unicode(c);
        }
    }

    private void unicode(char c) {
        buffer[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[size++] = HEX[c >> shift & 0xf];
        }
    }

    /** Writes a character beyond ASCII and says how many more of the text it took. */
    private int wide(String text, int at) {
        int c = text.codePointAt(at);
        if (c == '\u2028' || c == '\u2029') {
            buffer[size++] = '\\';
            unicode((char) c);
            return 0;
        }
        if (c < 0x800) {
            buffer[size++] = (byte) (0xc0 | c >> 6);
        } else {
            // Half a pair cannot be written; it becomes the replacement character.
            int whole = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c;
            if (whole >= 0x10000) {
                buffer[size++] = (byte) (0xf0 | whole >> 18);
                buffer[size++] = (byte) (0x80 | ((whole >> 12) & 0x3f));
            } else {
                buffer[size++] = (byte) (0xe0 | whole >> 12);
            }
            buffer[size++] = (byte) (0x80 | ((whole >> 6) & 0x3f));
            buffer[size++] = (byte) (0x80 | (whole & 0x3f));
            return whole >= 0x10000 ? 1 : 0;
        }
        buffer[size++] = (byte) (0x80 | (c & 0x3f));
        return 0;
    }
}
