package org.hearthwatch.api.notify;

import java.nio.charset.StandardCharsets;

/** Texts made to fit. What is cut off shows as an ellipsis, and no character is cut in two. */
public final class Cut {

    private static final String ELLIPSIS = "…";

    private Cut() {}

    /** At most so many characters, the ellipsis among them. */
    public static String toCodePoints(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + ELLIPSIS;
    }

    /** At most so many bytes of UTF-8, the ellipsis among them. */
    public static String toBytes(String text, int most) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= most) {
            return text;
        }
        int left = most - ELLIPSIS.getBytes(StandardCharsets.UTF_8).length;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            left -= c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (left < 0) {
                break;
            }
            end += Character.charCount(c);
        }
        return text.substring(0, end) + ELLIPSIS;
    }
}
