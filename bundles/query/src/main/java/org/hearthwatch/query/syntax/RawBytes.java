package org.hearthwatch.query.syntax;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Texts may be written with escapes of single bytes, and bytes need be no UTF-8. Within an expression such a byte stands
 * as half a character, U+DC80 to U+DCFF: no label can be named so, and it is shown as the escape it was.
 */
public final class RawBytes {

    private static final int FIRST = 0xdc80;
    private static final int LAST = 0xdcff;
    private static final String REPLACEMENT = "\ufffd";

    private RawBytes() {}

    static String decode(byte... bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (FIRST - 0x80 + (in.get() & 0xff)));
            }
            result = decoder.reset().decode(in, out, true);
        }
        return out.flip().toString();
    }

    static boolean isRaw(int codePoint) {
        return codePoint >= FIRST && codePoint <= LAST;
    }

    /** Whether a label may be named so: by any text but the empty one. */
    public static boolean isLabelName(String text) {
        return !text.isEmpty() && text.codePoints().noneMatch(RawBytes::isRaw);
    }

    /** The text as it leaves: what was none is a replacement character. */
    public static String replaced(String text) {
        if (text.codePoints().noneMatch(RawBytes::isRaw)) {
            return text;
        }
        var replaced = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isRaw(c)) {
                replaced.append(REPLACEMENT);
            } else {
                replaced.appendCodePoint(c);
            }
        });
        return replaced.toString();
    }
}
