package org.hearthwatch.shell.text;

/**
 * Text from elsewhere (a container's label, a scraped help line, a plugin's name) made safe for a terminal. Everything that
 * a terminal or the Unicode bidirectional algorithm would obey instead of show is written as its code, {@code \u001b}:
 * C0 and C1 controls, direction marks, invisible and tag characters, line separators, unpaired surrogates.
 */
public final class Printable {

    private Printable() {}

    public static String of(String text) {
        if (text.codePoints().noneMatch(Printable::isObeyed)) {
            return text;
        }
        var safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                safe.append("\\n");
            } else if (isObeyed(c)) {
                for (char unit : Character.toChars(c)) {
                    safe.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    private static boolean isObeyed(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
