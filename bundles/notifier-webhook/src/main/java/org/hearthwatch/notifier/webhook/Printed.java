package org.hearthwatch.notifier.webhook;

/** Text from elsewhere as one line that a log or a terminal shows and does not obey. */
public final class Printed {

    private Printed() {}

    /** Controls, direction marks and line ends become blanks. */
    public static String line(String text) {
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
