package org.hearthwatch.notifier.mail.chart;

import java.util.Map;

/** Digits and what stands between them, four dots wide and seven high. */
final class TinyFont {

    static final int HEIGHT = 7;

    /** From one character to the next. */
    static final int ADVANCE = 6;

    /** A number for each row from the top, its highest of four bits being the dot on the left. */
    private static final Map<Character, int[]> SHAPES = Map.ofEntries(
            Map.entry('0', new int[] {6, 9, 9, 9, 9, 9, 6}),
            Map.entry('1', new int[] {2, 6, 2, 2, 2, 2, 7}),
            Map.entry('2', new int[] {6, 9, 1, 2, 4, 8, 15}),
            Map.entry('3', new int[] {6, 9, 1, 6, 1, 9, 6}),
            Map.entry('4', new int[] {2, 6, 10, 10, 15, 2, 2}),
            Map.entry('5', new int[] {15, 8, 14, 1, 1, 9, 6}),
            Map.entry('6', new int[] {6, 8, 8, 14, 9, 9, 6}),
            Map.entry('7', new int[] {15, 1, 1, 2, 2, 4, 4}),
            Map.entry('8', new int[] {6, 9, 9, 6, 9, 9, 6}),
            Map.entry('9', new int[] {6, 9, 9, 7, 1, 1, 6}),
            Map.entry('.', new int[] {0, 0, 0, 0, 0, 6, 6}),
            Map.entry(':', new int[] {0, 6, 6, 0, 6, 6, 0}),
            Map.entry('-', new int[] {0, 0, 0, 15, 0, 0, 0}),
            Map.entry('+', new int[] {0, 0, 4, 14, 4, 0, 0}),
            Map.entry('e', new int[] {0, 0, 6, 9, 15, 8, 7}),
            Map.entry('k', new int[] {8, 8, 9, 10, 12, 10, 9}),
            Map.entry('M', new int[] {9, 15, 15, 9, 9, 9, 9}),
            Map.entry('G', new int[] {7, 8, 8, 11, 9, 9, 6}),
            Map.entry('T', new int[] {15, 4, 4, 4, 4, 4, 4}),
            Map.entry('m', new int[] {0, 0, 15, 15, 9, 9, 9}),
            Map.entry('u', new int[] {0, 0, 9, 9, 9, 9, 7}));

    private TinyFont() {}

    /** How many dots a text is wide. */
    static int width(String text) {
        return text.length() * ADVANCE;
    }

    /** Writes a text, its upper left corner at x and y; what the font has not is left out. */
    static void write(Canvas canvas, String text, int x, int y, int colour) {
        for (int i = 0; i < text.length(); i++) {
            int[] rows = SHAPES.getOrDefault(text.charAt(i), new int[HEIGHT]);
            for (int row = 0; row < HEIGHT; row++) {
                for (int column = 0; column < 4; column++) {
                    if ((rows[row] >> (3 - column) & 1) == 1) {
                        canvas.dot(x + i * ADVANCE + column, y + row, colour);
                    }
                }
            }
        }
    }
}
