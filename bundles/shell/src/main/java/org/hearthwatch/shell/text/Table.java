package org.hearthwatch.shell.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rows in columns. Cells are made {@link Printable}; where the terminal is narrow the widest column gives way. */
public final class Table {

    private static final String GAP = "  ";
    private static final int NARROWEST = 8;

    private final String[] headers;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    /** Columns by their headers; one that ends in {@code >} is set flush right, for numbers. */
    public Table(String... headers) {
        this.headers = new String[headers.length];
        right = new boolean[headers.length];
        for (int i = 0; i < headers.length; i++) {
            right[i] = headers[i].endsWith(">");
            this.headers[i] = right[i] ? headers[i].substring(0, headers[i].length() - 1) : headers[i];
        }
    }

    public Table row(String... cells) {
        if (cells.length != headers.length) {
            throw new IllegalArgumentException(headers.length + " columns but " + cells.length + " cells");
        }
        rows.add(Arrays.stream(cells).map(Printable::of).toArray(String[]::new));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * The lines.
     *
     * @param width of the terminal in columns; 0 for no limit
     */
    public List<String> lines(int width) {
        int[] widths = new int[headers.length];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    length(headers[i]),
                    rows.stream().mapToInt(row -> length(row[column])).max().orElse(0));
        }
        if (width > 0) {
            narrow(widths, width - GAP.length() * (widths.length - 1));
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(headers, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static void narrow(int[] widths, int room) {
        int sum = Arrays.stream(widths).sum();
        while (sum > room) {
            int widest = IntStream.range(0, widths.length)
                    .reduce((a, b) -> widths[b] >= widths[a] ? b : a)
                    .orElseThrow();
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
            sum--;
        }
    }

    private String line(String[] cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String cell = cut(cells[i], widths[i]);
            String padding = " ".repeat(widths[i] - length(cell));
            line.append(i == 0 ? "" : GAP).append(right[i] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
