package org.hearthwatch.shell.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line chart in Braille characters, each of which carries two by four dots, with a value axis at the left and a time axis
 * below.
 *
 * @param from the left edge, milliseconds since the Unix epoch
 * @param to the right edge, later than the left one
 * @param step the time between two points; a longer gap is left open
 * @param zone of the times shown
 */
public record Chart(long from, long to, long step, ZoneId zone) {

    private static final int BLANK = 0x2800;
    /** The bit of each dot, by column and row of the character. */
    private static final int[][] DOTS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

    private static final int LEAST_WIDTH = 24;
    private static final String BARS = "▁▂▃▄▅▆▇█";

    /**
     * The chart of one series.
     *
     * @param width of the whole in characters, axis included; the plot itself is never narrower than 24
     * @param height of the plot in lines; odd, so that there is one in the middle
     * @return the lines, or none where no value is finite
     */
    public List<String> draw(long[] times, double[] values, int width, int height) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (low > high) {
            return List.of();
        }
        if (low > 0 && low < high / 2) {
            low = 0;
        }
        if (low == high) {
            double margin = low == 0 ? 1 : Math.abs(low) / 10;
            low -= margin;
            high += margin;
        }
        double step = roundStep((high - low) / 4);
        low = Math.floor(low / step) * step;
        high = Math.ceil(high / step) * step;
        String top = Numbers.brief(high);
        String middle = Numbers.brief(low + (high - low) / 2);
        String bottom = Numbers.brief(low);
        int axis = Math.max(top.length(), Math.max(middle.length(), bottom.length()));
        int columns = Math.max(LEAST_WIDTH, width - axis - 2);
        int[][] cells = plot(times, values, low, high, columns, height);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < height; row++) {
            String label = row == 0 ? top : row == height - 1 ? bottom : row == height / 2 ? middle : "";
            var line = new StringBuilder(" ".repeat(axis - label.length()))
                    .append(label)
                    .append(label.isEmpty() ? " │" : " ┤");
            for (int cell : cells[row]) {
                line.appendCodePoint(cell == 0 ? ' ' : BLANK + cell);
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add(" ".repeat(axis + 1) + "└" + "─".repeat(columns));
        lines.add(" ".repeat(axis + 2) + timeAxis(columns));
        return lines;
    }

    /** One line of bars, the values of each column averaged. */
    public String bars(long[] times, double[] values, int columns) {
        double[] sums = new double[columns];
        int[] counts = new int[columns];
        for (int i = 0; i < times.length; i++) {
            if (Double.isFinite(values[i])) {
                int column = across(times[i], columns);
                sums[column] += values[i];
                counts[column]++;
            }
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < columns; i++) {
            if (counts[i] > 0) {
                low = Math.min(low, sums[i] / counts[i]);
                high = Math.max(high, sums[i] / counts[i]);
            }
        }
        var line = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            if (counts[i] == 0) {
                line.append(' ');
            } else {
                double share = high > low ? (sums[i] / counts[i] - low) / (high - low) : 0;
                line.append(BARS.charAt((int) Math.round(share * (BARS.length() - 1))));
            }
        }
        return line.toString();
    }

    /** The least of 1, 2 or 5 times a power of ten that is not below a number, so that the axis has round ends. */
    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double digits = least / power;
        return (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10) * power;
    }

    private int[][] plot(long[] times, double[] values, double low, double high, int columns, int height) {
        int[][] cells = new int[height][columns];
        int dotsDown = 4 * height;
        int lastX = -1;
        int lastY = 0;
        long lastTime = 0;
        for (int i = 0; i < times.length; i++) {
            if (!Double.isFinite(values[i])) {
                lastX = -1;
                continue;
            }
            int x = across(times[i], 2 * columns);
            int y = (int) Math.round((high - values[i]) / (high - low) * (dotsDown - 1));
            if (lastX >= 0 && times[i] - lastTime <= 2 * step) {
                connect(cells, lastX, lastY, x, y);
            } else {
                dot(cells, x, y);
            }
            lastX = x;
            lastY = y;
            lastTime = times[i];
        }
        return cells;
    }

    private static void connect(int[][] cells, int fromX, int fromY, int toX, int toY) {
        int steps = Math.max(1, Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY)));
        for (int i = 0; i <= steps; i++) {
            dot(
                    cells,
                    fromX + Math.round((float) (toX - fromX) * i / steps),
                    fromY + Math.round((float) (toY - fromY) * i / steps));
        }
    }

    private static void dot(int[][] cells, int x, int y) {
        cells[y / 4][x / 2] |= DOTS[x % 2][y % 4];
    }

    private int across(long time, int columns) {
        double share = (double) (time - from) / (to - from);
        return (int) Math.max(0, Math.min(columns - 1, Math.round(share * (columns - 1))));
    }

    private String timeAxis(int columns) {
        long span = to - from;
        String pattern = span <= 300_000 ? "HH:mm:ss" : span <= 86_400_000L ? "HH:mm" : "MM-dd HH:mm";
        var format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(zone);
        String left = format.format(Instant.ofEpochMilli(from));
        String centre = format.format(Instant.ofEpochMilli(from + span / 2));
        String right = format.format(Instant.ofEpochMilli(to));
        int spare = columns - left.length() - centre.length() - right.length();
        if (spare < 4) {
            return left + " ".repeat(Math.max(1, columns - left.length() - right.length())) + right;
        }
        return left + " ".repeat(spare / 2) + centre + " ".repeat(spare - spare / 2) + right;
    }
}
