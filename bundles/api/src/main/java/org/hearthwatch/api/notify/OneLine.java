package org.hearthwatch.api.notify;

/** Text from elsewhere as one line that a log, a terminal or the header of a mail shows and does not obey. */
public final class OneLine {

    private OneLine() {}

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
}
