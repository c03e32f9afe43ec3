package org.hearthwatch.alert.unittest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.text.Quoted;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Staleness;

/**
 * Prometheus's notation for series in tests: {@code up{job="x"} 1 2+1x3 _ stale {{schema:1 count:2 buckets:[2]}}x4}. Not
 * thread-safe.
 */
final class SeriesNotation {

    /** Values of one series; a bound on what {@code 1x999999999} can make us hold. */
    private static final int MOST_VALUES = 50_000_000;

    private static final int END = -1;

    private final String text;
    private int position;

    private SeriesNotation(String text) {
        this.text = text;
    }

    /** A value at a place of the sequence. */
    record Value(double number, Optional<NativeHistogram> histogram) {

        static Value of(double number) {
            return new Value(number, Optional.empty());
        }
    }

    /** A series with its values, of which those left out are empty. */
    record Described(Labels labels, List<Optional<Value>> values) {}

    /** Reads labels alone; nothing is no labels. */
    static Labels labels(String text) {
        var notation = new SeriesNotation(text);
        notation.blanks();
        Labels labels = notation.peek() == END ? Labels.EMPTY : notation.metric();
        notation.blanks();
        if (notation.peek() != END) {
            throw notation.unexpected();
        }
        return labels;
    }

    /** Reads a series and, behind a blank, its values. */
    static Described series(String text) {
        var notation = new SeriesNotation(text);
        notation.blanks();
        Labels labels = notation.metric();
        return new Described(labels, notation.values());
    }

    private Labels metric() {
        var labels = Labels.builder();
        boolean named = isAlpha(peek()) || peek() == ':';
        if (named) {
            int start = position;
            while (isAlphaNumeric(peek()) || peek() == ':') {
                position++;
            }
            labels.set(Labels.NAME, text.substring(start, position));
        }
        int before = position;
        blanks();
        if (peek() == '{' && !text.startsWith("{{", position)) {
            position++;
            pairs(labels);
        } else if (named) {
            position = before;
        } else {
            throw unexpected();
        }
        return labels.build();
    }

    private void pairs(Labels.Builder labels) {
        while (true) {
            blanks();
            if (peek() == '}') {
                position++;
                return;
            }
            boolean quoted = peek() == '"' || peek() == '\'' || peek() == '`';
            if (!quoted && !isAlpha(peek())) {
                throw insideBraces();
            }
            String name = quoted ? string() : word();
            blanks();
            if (peek() == '=') {
                position++;
                blanks();
                if (peek() != '"' && peek() != '\'' && peek() != '`') {
                    throw insideBraces();
                }
                labels.set(name, string());
            } else if (quoted) {
                labels.set(Labels.NAME, name);
            } else {
                throw insideBraces();
            }
            blanks();
            if (peek() == ',') {
                position++;
            } else if (peek() != '}') {
                throw insideBraces();
            }
        }
    }

    private NotationException insideBraces() {
        return new NotationException(
                position,
                peek() == END
                        ? "unexpected end of input inside braces"
                        : "unexpected character inside braces: " + GoText.quote(peek()));
    }

    private NotationException unexpected() {
        return new NotationException(
                position,
                peek() == END
                        ? "unexpected end of input in series"
                        : "unexpected character in series: " + GoText.quote(peek()));
    }

    private String word() {
        int start = position;
        while (isAlphaNumeric(peek())) {
            position++;
        }
        return text.substring(start, position);
    }

    private String string() {
        int quote = peek();
        int start = position + 1;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && quote != '`') {
                i++;
            } else if (text.charAt(i) == quote) {
                position = i + 1;
                String inner = text.substring(start, i);
                return quote == '`' ? inner : Quoted.unescape(inner);
            }
        }
        throw new NotationException(position, "unterminated quoted string");
    }

    private List<Optional<Value>> values() {
        var values = new ArrayList<Optional<Value>>();
        while (true) {
            int before = position;
            blanks();
            if (peek() == END) {
                return values;
            }
            if (position == before) {
                throw unexpected();
            }
            item(values);
            if (values.size() > MOST_VALUES) {
                throw new NotationException(position, "more than " + MOST_VALUES + " values");
            }
        }
    }

    private void item(List<Optional<Value>> values) {
        if (peek() == '_') {
            position++;
            repeat(values, peek() == 'x' ? times() : 1, Optional.empty());
        } else if (text.startsWith("{{", position)) {
            histograms(values);
        } else if (text.startsWith("stale", position) && !isAlphaNumeric(at(position + 5))) {
            position += 5;
            values.add(Optional.of(Value.of(Staleness.MARKER)));
        } else {
            numbers(values);
        }
    }

    private static void repeat(List<Optional<Value>> values, int times, Optional<Value> value) {
        for (int i = 0; i < times; i++) {
            values.add(value);
        }
    }

    private void numbers(List<Optional<Value>> values) {
        double start = signed();
        values.add(Optional.of(Value.of(start)));
        if (peek() == 'x') {
            repeat(values, times(), Optional.of(Value.of(start)));
        } else if (peek() == '+' || peek() == '-') {
            double step = signed();
            if (peek() != 'x') {
                throw unexpected();
            }
            int times = times();
            double value = start;
            for (int i = 0; i < times; i++) {
                value += step;
                values.add(Optional.of(Value.of(value)));
            }
        }
    }

    private int times() {
        position++;
        int start = position;
        while (isDigit(peek())) {
            position++;
        }
        String digits = text.substring(start, position);
        if (digits.isEmpty()) {
            throw unexpected();
        }
        if (digits.length() > 9 || Integer.parseInt(digits) > MOST_VALUES) {
            throw new NotationException(start, "more than " + MOST_VALUES + " values");
        }
        return Integer.parseInt(digits);
    }

    private double signed() {
        double sign = 1;
        if (peek() == '+' || peek() == '-') {
            sign = peek() == '-' ? -1 : 1;
            position++;
        }
        return sign * number();
    }

    private double number() {
        int start = position;
        if (isAlpha(peek())) {
            String word = word();
            // 'x' repeats and is no part of the word, as in Infx3.
            int end = word.toLowerCase(Locale.ROOT).startsWith("inf")
                            || word.toLowerCase(Locale.ROOT).startsWith("nan")
                    ? 3
                    : 0;
            position = start + end;
            OptionalDouble special = GoNumber.tryParse(word.substring(0, end));
            if (end == 0 || (isAlphaNumeric(peek()) && peek() != 'x')) {
                position = start;
                throw unexpected();
            }
            return special.orElse(Double.NaN);
        }
        while (isDigit(peek())) {
            position++;
        }
        if (peek() == '.') {
            position++;
            while (isDigit(peek())) {
                position++;
            }
        }
        if ((peek() == 'e' || peek() == 'E') && position > start) {
            position++;
            if (peek() == '+' || peek() == '-') {
                position++;
            }
            while (isDigit(peek())) {
                position++;
            }
        }
        String digits = text.substring(start, position);
        OptionalDouble value = GoNumber.tryParse(digits);
        if (value.isEmpty() || (isAlphaNumeric(peek()) && peek() != 'x')) {
            throw new NotationException(
                    start,
                    digits.isEmpty()
                            ? "unexpected character in series sequence: "
                                    + (peek() == END ? "end of input" : GoText.quote(peek()))
                            : "bad number or duration syntax: " + GoText.quote(digits));
        }
        return value.getAsDouble();
    }

    private void histograms(List<Optional<Value>> values) {
        NativeHistogram start = histogram();
        values.add(of(start));
        if (peek() == 'x') {
            repeat(values, times(), of(start));
        } else if (peek() == '+' || peek() == '-') {
            double sign = peek() == '-' ? -1 : 1;
            position++;
            if (!text.startsWith("{{", position)) {
                throw unexpected();
            }
            int at = position;
            NativeHistogram step = histogram();
            if (peek() != 'x') {
                throw unexpected();
            }
            int times = times();
            NativeHistogram value = start;
            for (int i = 0; i < times; i++) {
                try {
                    value = HistogramSteps.add(value, step, sign);
                } catch (IllegalArgumentException e) {
                    throw new NotationException(at, "error combining histograms: " + e.getMessage());
                }
                values.add(of(value));
            }
        }
    }

    private static Optional<Value> of(NativeHistogram histogram) {
        return Optional.of(new Value(Double.NaN, Optional.of(histogram)));
    }

    private NativeHistogram histogram() {
        int start = position;
        int end = text.indexOf("}}", start);
        if (end < 0) {
            throw new NotationException(start, "unexpected end of input inside braces");
        }
        position = end + 2;
        try {
            return HistogramNotation.parse(text.substring(start + 2, end));
        } catch (IllegalArgumentException e) {
            throw new NotationException(start, String.valueOf(e.getMessage()));
        }
    }

    private void blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            position++;
        }
    }

    private int peek() {
        return at(position);
    }

    private int at(int index) {
        return index < text.length() ? text.charAt(index) : END;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlpha(int c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isAlphaNumeric(int c) {
        return isAlpha(c) || isDigit(c);
    }
}
