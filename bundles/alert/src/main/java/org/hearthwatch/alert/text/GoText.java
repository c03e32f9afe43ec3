package org.hearthwatch.alert.text;

import java.util.Locale;

/** Texts as Go quotes them. */
public final class GoText {

    private GoText() {}

    /** In double quotes, with everything escaped that does not print, as {@code %q}. */
    public static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> quoted.append(c == '"' ? "\\\"" : escaped(c)));
        return quoted.append('"').toString();
    }

    /** In single quotes, as {@code %q} shows a character. */
    public static String quote(int character) {
        return "'" + (character == '\'' ? "\\'" : escaped(character)) + "'";
    }

    private static String escaped(int c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case 0x07 -> "\\a";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 0x0b -> "\\v";
            default -> {
                if (prints(c)) {
                    yield Character.toString(c);
                }
                if (c < 0x80) {
                    yield String.format(Locale.ROOT, "\\x%02x", c);
                }
                yield String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
            }
        };
    }

    private static boolean prints(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
