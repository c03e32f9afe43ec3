package org.hearthwatch.api.text;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricType;

/**
 * Parses the Prometheus text format 0.0.4, strictly but for blank space, which is free between tokens. A line with a
 * timestamp is refused: these samples have the time at which they were asked for.
 */
public final class TextParser {

    private static final int MOST_LABELS = 64;
    private static final int LONGEST = 4096;

    private final String text;
    private final int mostSamples;
    private final Map<String, TextFamily> families = new LinkedHashMap<>();
    private int samples;
    private int line;
    private int at;
    private int end;

    private TextParser(String text, int mostSamples) {
        this.text = text;
        this.mostSamples = mostSamples;
    }

    /**
     * The families of a text, in the order of their first line.
     *
     * @param mostSamples a text with more is refused
     * @throws IOException naming line and fault
     */
    public static Collection<TextFamily> parse(String text, int mostSamples) throws IOException {
        var parser = new TextParser(text, mostSamples);
        parser.parse();
        return parser.families.values();
    }

    private void parse() throws IOException {
        int next = 0;
        while (next < text.length()) {
            at = next;
            int newline = text.indexOf('\n', at);
            end = newline < 0 ? text.length() : newline;
            next = end + 1;
            line++;
            skipBlanks();
            if (at == end || text.charAt(at) == '\r') {
                continue;
            }
            if (text.charAt(at) == '#') {
                comment();
            } else {
                sample();
            }
        }
    }

    private void comment() throws IOException {
        at++;
        skipBlanks();
        String keyword = token();
        if (!keyword.equals("HELP") && !keyword.equals("TYPE")) {
            return;
        }
        skipBlanks();
        String name = name(true);
        skipBlanks();
        TextFamily family = families.computeIfAbsent(name, TextFamily::new);
        String rest = text.substring(at, end).stripTrailing();
        if (keyword.equals("HELP")) {
            family.help = Optional.of(unescape(rest, false));
        } else if (!family.lines.isEmpty()) {
            throw refused("the type of " + name + " comes after its samples");
        } else {
            family.type = type(rest);
        }
    }

    private MetricType type(String word) throws IOException {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "counter" -> MetricType.COUNTER;
            case "gauge" -> MetricType.GAUGE;
            case "histogram" -> MetricType.HISTOGRAM;
            case "summary" -> MetricType.SUMMARY;
            case "untyped" -> MetricType.UNKNOWN;
            default -> throw refused("\"" + shortened(word) + "\" is no type of this format");
        };
    }

    private void sample() throws IOException {
        if (++samples > mostSamples) {
            throw refused("more than " + mostSamples + " samples");
        }
        String name = name(true);
        skipBlanks();
        var labels = Labels.builder();
        if (at < end && text.charAt(at) == '{') {
            at++;
            labels(labels);
            skipBlanks();
        }
        double value = number(token());
        skipBlanks();
        if (at < end && text.charAt(at) != '\r') {
            throw refused("a timestamp; samples must not have one here");
        }
        TextFamily family = familyOf(name);
        family.lines.add(new TextFamily.Line(name.substring(family.name.length()), labels.build(), value));
    }

    /** The lines {@code x_bucket}, {@code x_sum} and {@code x_count} belong to a histogram x, the latter two also to a summary. */
    private TextFamily familyOf(String name) {
        TextFamily own = families.get(name);
        if (own == null) {
            for (String suffix : new String[] {"_bucket", "_sum", "_count"}) {
                if (name.endsWith(suffix)) {
                    TextFamily base = families.get(name.substring(0, name.length() - suffix.length()));
                    if (base != null
                            && (base.type == MetricType.HISTOGRAM
                                    || (base.type == MetricType.SUMMARY && !suffix.equals("_bucket")))) {
                        return base;
                    }
                }
            }
            own = families.computeIfAbsent(name, TextFamily::new);
        }
        return own;
    }

    private void labels(Labels.Builder labels) throws IOException {
        for (int count = 0; ; count++) {
            skipBlanks();
            if (at < end && text.charAt(at) == '}') {
                at++;
                return;
            }
            if (count == MOST_LABELS) {
                throw refused("more than " + MOST_LABELS + " labels");
            }
            String name = name(false);
            skipBlanks();
            expect('=');
            skipBlanks();
            expect('"');
            if (labels.contains(name)) {
                throw refused("the label " + name + " twice");
            }
            labels.set(name, quoted());
            skipBlanks();
            if (at < end && text.charAt(at) == ',') {
                at++;
            } else if (at >= end || text.charAt(at) != '}') {
                throw refused("labels without a comma or closing brace");
            }
        }
    }

    private String quoted() throws IOException {
        int from = at;
        while (at < end && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= end) {
            throw refused("a label value without its closing quote");
        }
        String value = unescape(text.substring(from, at), true);
        at++;
        return value;
    }

    private String unescape(String escaped, boolean quotes) throws IOException {
        if (escaped.length() > LONGEST) {
            throw refused("a text of more than " + LONGEST + " characters");
        }
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        var plain = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            char next = c == '\\' && i + 1 < escaped.length() ? escaped.charAt(i + 1) : 0;
            if (next == 'n') {
                plain.append('\n');
                i++;
            } else if (next == '\\' || (quotes && next == '"')) {
                plain.append(next);
                i++;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private String name(boolean colons) throws IOException {
        int from = at;
        while (at < end && isNameCharacter(text.charAt(at), at > from, colons)) {
            at++;
        }
        if (at == from || at - from > 200) {
            throw refused("a name was expected at \"" + shortened(text.substring(from, end)) + "\"");
        }
        return text.substring(from, at);
    }

    private static boolean isNameCharacter(char c, boolean digits, boolean colons) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (colons && c == ':')
                || (digits && c >= '0' && c <= '9');
    }

    private double number(String word) throws IOException {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "+inf", "inf", "+infinity", "infinity" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-inf", "-infinity" -> {
                return Double.NEGATIVE_INFINITY;
            }
            case "nan" -> {
                return Double.NaN;
            }
            default -> {
                // Java would also read 1d, 1f and hexadecimal numbers.
                if (word.isEmpty()
                        || word.length() > 64
                        || !word.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
                    throw refused("\"" + shortened(word) + "\" is no number");
                }
                try {
                    return Double.parseDouble(word);
                } catch (NumberFormatException e) {
                    throw refused("\"" + shortened(word) + "\" is no number");
                }
            }
        }
    }

    private String token() {
        int from = at;
        while (at < end && !isBlank(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private void expect(char c) throws IOException {
        if (at >= end || text.charAt(at) != c) {
            throw refused("a " + c + " was expected at \"" + shortened(text.substring(at, end)) + "\"");
        }
        at++;
    }

    private void skipBlanks() {
        while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private IOException refused(String what) {
        return new IOException("line " + line + ": " + what);
    }

    private static String shortened(String text) {
        String head = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        var printable = new StringBuilder();
        head.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
