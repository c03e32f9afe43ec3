package org.hearthwatch.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.hearthwatch.api.audit.AuditEntry;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;

/**
 * One line of the log: JSON with all keys, always, in one order, without spaces, so that there is one way only to write
 * an entry. Line breaks, control characters and characters that turn the direction of text are escaped: whatever a text
 * holds, it stays one line and shows as what it is.
 *
 * @param prev the SHA-256 of the line before, without its line break, in hexadecimal; of nothing for the first
 * @param mac the HMAC-SHA256 of this line up to and with {@code ,"mac":"}, in hexadecimal
 */
record Line(AuditEntry entry, String prev, String mac) {

    /** Longer texts are cut. */
    static final int LONGEST_TEXT = 1024;

    private static final int LONGEST_LINE = 64 << 10;
    private static final List<String> KEYS =
            List.of("v", "seq", "ts", "actor", "role", "src", "action", "object", "outcome", "reason", "prev", "mac");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_LINE)
                    .maxNestingDepth(1)
                    .build())
            .build();
    private static final HexFormat HEX = HexFormat.of();

    /** The line of an entry, keyed. */
    static Line of(AuditEntry entry, String prev, byte[] key) {
        return new Line(entry, prev, HEX.formatHex(Hashes.hmac(key, unkeyed(entry, prev))));
    }

    /** Reads a line, which must be written in the one way there is. */
    static Line parse(byte[] bytes) throws IOException {
        if (bytes.length > LONGEST_LINE) {
            throw new IOException("the line is longer than " + LONGEST_LINE + " bytes");
        }
        var values = new ArrayList<String>();
        try (JsonParser parser = JSON.createParser(bytes)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT);
            for (String key : KEYS) {
                expect(key.equals(parser.nextFieldName()));
                JsonToken value = parser.nextToken();
                expect(value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT);
                values.add(parser.getText());
            }
            expect(parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
        }
        Line line = new Line(entry(values), values.get(10), values.get(11));
        if (!Arrays.equals(line.bytes(), bytes)) {
            throw new IOException("it is not written as this program writes it");
        }
        return line;
    }

    private static AuditEntry entry(List<String> values) throws IOException {
        try {
            expect(values.get(0).equals("1"));
            var outcome = Arrays.stream(Outcome.values())
                    .filter(one -> one.word().equals(values.get(8)))
                    .findFirst();
            expect(outcome.isPresent());
            return new AuditEntry(
                    Long.parseLong(values.get(1)),
                    Instant.parse(values.get(2)),
                    new AuditEvent(
                            values.get(3),
                            values.get(4),
                            values.get(5),
                            values.get(6),
                            values.get(7),
                            outcome.get(),
                            values.get(9)));
        } catch (NumberFormatException | DateTimeException e) {
            throw new IOException("a number or time in it is not one", e);
        }
    }

    private static void expect(boolean right) throws IOException {
        if (!right) {
            throw new IOException("it is not an entry of version 1");
        }
    }

    /** The line without its line break. */
    byte[] bytes() {
        byte[] front = unkeyed(entry, prev);
        byte[] back = (mac + "\"}").getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(front, front.length + back.length);
        System.arraycopy(back, 0, whole, front.length, back.length);
        return whole;
    }

    /** What the next line has as {@code prev}. */
    String hash() {
        return HEX.formatHex(Hashes.sha256(bytes()));
    }

    /** Whether the key is the one this line was made with. */
    boolean madeWith(byte[] key) {
        return HEX.formatHex(Hashes.hmac(key, unkeyed(entry, prev))).equals(mac);
    }

    private static byte[] unkeyed(AuditEntry entry, String prev) {
        AuditEvent event = entry.event();
        var text = new StringBuilder("{\"v\":1,\"seq\":").append(entry.sequence());
        field(text, "ts", TIME.format(entry.time()));
        field(text, "actor", event.actor());
        field(text, "role", event.role());
        field(text, "src", event.source());
        field(text, "action", event.action());
        field(text, "object", event.object());
        field(text, "outcome", event.outcome().word());
        field(text, "reason", event.reason());
        field(text, "prev", prev);
        return text.append(",\"mac\":\"").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void field(StringBuilder text, String key, String value) {
        text.append(",\"").append(key).append("\":\"");
        int end = value.length();
        if (end > LONGEST_TEXT) {
            end = Character.isHighSurrogate(value.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
        }
        for (int i = 0; i < end; i++) {
            escape(text, value, i, end);
        }
        text.append('"');
    }

    private static void escape(StringBuilder text, String value, int i, int end) {
        char c = value.charAt(i);
        if (c == '"' || c == '\\') {
            text.append('\\').append(c);
        } else if (isLone(value, i, end) || isUnsafe(c)) {
            text.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
            text.append(c);
        }
    }

    private static boolean isLone(String value, int i, int end) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == end || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }

    /** Control characters, line and paragraph separators, marks of text direction, and what no one can see. */
    private static boolean isUnsafe(char c) {
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || (c >= '\u200b' && c <= '\u200f')
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2060' && c <= '\u206f')
                || c == '\ufeff';
    }
}
