package org.hearthwatch.notifier.mail;

/** Text from elsewhere that can stand in a header: one line, nothing in it that a mail program obeys. */
public final class HeaderText {

    private HeaderText() {}

    /** Controls, direction marks and line ends become blanks. */
    public static String of(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> line.append(' ');
                default -> line.appendCodePoint(c);
            }
        });
        return line.toString().replaceAll(" {2,}", " ").strip();
    }

    /** At most so many characters, the ellipsis among them. */
    public static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
