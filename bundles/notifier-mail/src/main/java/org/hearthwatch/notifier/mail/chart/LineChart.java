package org.hearthwatch.notifier.mail.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.hearthwatch.api.query.QueryValue.Series;

/** Lines over time, with the scale at the left, the hours (UTC) below and a limit across. */
final class LineChart {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 220;
    private static final int LEFT = 48;
    private static final int RIGHT = 12;
    private static final int TOP = 10;
    private static final int BOTTOM = 22;
    private static final int GRID = 0xe3e3e3;
    private static final int INK = 0x555555;
    private static final int LIMIT = 0xb3261e;
    private static final int[] COLOURS = {0x1f77b4, 0xd17a00, 0x2e7d32, 0x8e44ad, 0x00838f};
    private static final int ROWS = 4;
    private static final int COLUMNS = 6;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private final Instant start;
    private final Instant end;
    private final Duration step;
    private final OptionalDouble limit;
    private final double low;
    private final double high;
    private final Canvas canvas = new Canvas(WIDTH, HEIGHT);

    private LineChart(List<Series> series, Instant start, Instant end, Duration step, OptionalDouble limit) {
        this.start = start;
        this.end = end;
        this.step = step;
        this.limit = limit;
        double least = limit.orElse(Double.POSITIVE_INFINITY);
        double most = limit.orElse(Double.NEGATIVE_INFINITY);
        for (Series one : series) {
            for (double value : one.values()) {
                if (Double.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        double margin = least < most ? (most - least) * 0.08 : Math.max(1e-9, Math.abs(most) * 0.1);
        // Nothing that is never negative gets an axis that is.
        low = least >= 0 ? Math.max(0, least - margin) : least - margin;
        high = most + margin;
    }

    /** At least one of the values has to be finite. */
    static byte[] png(List<Series> series, Instant start, Instant end, Duration step, OptionalDouble limit) {
        return new LineChart(series, start, end, step, limit).draw(series);
    }

    private byte[] draw(List<Series> series) {
        for (int row = 0; row <= ROWS; row++) {
            double value = low + (high - low) * row / ROWS;
            int y = y(value);
            canvas.line(LEFT, y, WIDTH - RIGHT, y, GRID);
            String text = number(value);
            TinyFont.write(canvas, text, LEFT - 4 - TinyFont.width(text), y - TinyFont.HEIGHT / 2, INK);
        }
        for (int column = 0; column <= COLUMNS; column++) {
            Instant moment =
                    start.plus(Duration.between(start, end).multipliedBy(column).dividedBy(COLUMNS));
            int x = x(moment.toEpochMilli());
            canvas.line(x, TOP, x, HEIGHT - BOTTOM, GRID);
            String text = CLOCK.format(moment);
            int at = Math.min(x - TinyFont.width(text) / 2, WIDTH - TinyFont.width(text));
            TinyFont.write(canvas, text, at, HEIGHT - BOTTOM + 8, INK);
        }
        if (limit.isPresent()) {
            int y = y(limit.getAsDouble());
            for (int x = LEFT; x < WIDTH - RIGHT; x += 8) {
                canvas.line(x, y, x + 4, y, LIMIT);
            }
        }
        for (int i = 0; i < series.size(); i++) {
            draw(series.get(i), COLOURS[i % COLOURS.length]);
        }
        return canvas.png();
    }

    /** A gap of more than two steps stays a gap. */
    private void draw(Series series, int colour) {
        for (int i = 0; i < series.size(); i++) {
            if (!Double.isFinite(series.values()[i])) {
                continue;
            }
            int x = x(series.timestamps()[i]);
            int y = y(series.values()[i]);
            boolean joined = i > 0
                    && Double.isFinite(series.values()[i - 1])
                    && series.timestamps()[i] - series.timestamps()[i - 1] <= 2 * step.toMillis();
            int fromX = joined ? x(series.timestamps()[i - 1]) : x;
            int fromY = joined ? y(series.values()[i - 1]) : y;
            canvas.line(fromX, fromY, x, y, colour);
            canvas.line(fromX, fromY + 1, x, y + 1, colour);
        }
    }

    private int x(long millis) {
        double part = (millis - start.toEpochMilli())
                / (double) Duration.between(start, end).toMillis();
        return LEFT + (int) Math.round(part * (WIDTH - RIGHT - LEFT));
    }

    private int y(double value) {
        return HEIGHT - BOTTOM - (int) Math.round((value - low) / (high - low) * (HEIGHT - BOTTOM - TOP));
    }

    private static String number(double value) {
        double size = Math.abs(value);
        String[] units = {"T", "G", "M", "k"};
        double unit = 1e12;
        for (String name : units) {
            if (size >= unit) {
                return String.format(Locale.ROOT, "%.3g", value / unit).replaceAll("e.*$", "") + name;
            }
            unit /= 1_000;
        }
        return size == 0 || size >= 0.001
                ? String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", value)
                : String.format(Locale.ROOT, "%.0e", value);
    }
}
