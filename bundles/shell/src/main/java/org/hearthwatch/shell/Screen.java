package org.hearthwatch.shell;

import java.io.PrintStream;
import org.hearthwatch.shell.text.Printable;
import org.hearthwatch.shell.text.Table;

/**
 * Where a command writes to.
 *
 * @param width in columns; 0 where there is no terminal, so that nothing is cut for a script
 */
public record Screen(PrintStream out, PrintStream err, int width) {

    private static final int WIDTH_WITHOUT_TERMINAL = 100;

    /** A line of our own words; texts from elsewhere in it must be {@link Printable}. */
    public void line(String text) {
        out.println(text);
    }

    /** A line of text from elsewhere. */
    public void foreign(String text) {
        out.println(Printable.of(text));
    }

    /**
     * A table.
     *
     * @param whenEmpty what to do next, shown in its place when it has no rows
     */
    public void table(Table table, String whenEmpty) {
        if (table.isEmpty()) {
            line(whenEmpty);
        } else {
            table.lines(width).forEach(this::line);
        }
    }

    /** How wide a chart may be. */
    public int chartWidth() {
        return width > 0 ? width : WIDTH_WITHOUT_TERMINAL;
    }

    /** The one line that says why a command failed. */
    public void failure(String message) {
        err.println(Printable.of(message));
    }
}
