package org.hearthwatch.prometheus.http;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.store.Matcher;

/**
 * Reads one series selector, the form PromQL 3 gives it: {@code up}, {@code up{job="node",env!~"x.*"}},
 * {@code {"http.status",code='200'}}.
 */
final class Selector {

    private final String text;
    private int at;

    private Selector(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException naming the place that is no selector */
    static List<Matcher> parse(String text) {
        List<Matcher> matchers = new Selector(text).read();
        if (matchers.stream().allMatch(Selector::acceptsEmpty)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" selects everything; it needs at least one matcher that refuses the empty value");
        }
        return matchers;
    }

    private List<Matcher> read() {
        var matchers = new ArrayList<Matcher>();
        space();
        if (at < text.length() && text.charAt(at) != '{') {
            matchers.add(Matcher.metric(name(true)));
            space();
        }
        if (at < text.length()) {
            expect('{');
            braces(matchers);
            space();
        }
        if (at < text.length()) {
            throw unexpected("the end");
        }
        return matchers;
    }

    private void braces(List<Matcher> matchers) {
        space();
        while (!take('}')) {
            matchers.add(matcher());
            space();
            if (!take(',')) {
                expect('}');
                return;
            }
            space();
        }
    }

    private Matcher matcher() {
        boolean quoted = at < text.length() && isQuote(text.charAt(at));
        String label = quoted ? string() : name(false);
        space();
        if (quoted && at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == '}')) {
            return Matcher.metric(label);
        }
        Matcher.Kind kind = kind();
        space();
        return new Matcher(label, kind, string());
    }

    private Matcher.Kind kind() {
        for (Matcher.Kind kind :
                List.of(Matcher.Kind.MATCHES, Matcher.Kind.NOT_MATCHES, Matcher.Kind.NOT_EQUAL, Matcher.Kind.EQUAL)) {
            if (text.startsWith(kind.sign(), at)) {
                at += kind.sign().length();
                return kind;
            }
        }
        throw unexpected("one of = != =~ !~");
    }

    private String name(boolean metric) {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at), at == start, metric)) {
            at++;
        }
        if (at == start) {
            throw unexpected(metric ? "a metric name" : "a label name");
        }
        return text.substring(start, at);
    }

    private String string() {
        if (at >= text.length() || !isQuote(text.charAt(at))) {
            throw unexpected("a quoted string");
        }
        char quote = text.charAt(at++);
        if (quote == '`') {
            int end = text.indexOf('`', at);
            if (end < 0) {
                throw unexpected("a closing `");
            }
            String raw = text.substring(at, end);
            at = end + 1;
            return raw;
        }
        var value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\') {
                escape(value, quote);
            } else {
                value.append(c);
            }
        }
        expect(quote);
        return value.toString();
    }

    /** The escapes of a Go string; octal and byte escapes, which nobody writes in a label, are refused. */
    private void escape(StringBuilder into, char quote) {
        if (at >= text.length()) {
            throw unexpected("an escaped character");
        }
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> into.append('\n');
            case 't' -> into.append('\t');
            case 'r' -> into.append('\r');
            case 'a' -> into.append('\u0007');
            case 'b' -> into.append('\b');
            case 'f' -> into.append('\f');
            case 'v' -> into.append('\u000b');
            case '\\' -> into.append('\\');
            case 'u' -> into.appendCodePoint(hex(4));
            case 'U' -> into.appendCodePoint(hex(8));
            default -> {
                if (c != quote) {
                    at--;
                    throw unexpected("one of \\n \\t \\r \\\\ \\" + quote + " \\u \\U");
                }
                into.append(c);
            }
        }
    }

    private int hex(int digits) {
        try {
            int codePoint = Integer.parseInt(text, at, Math.min(text.length(), at + digits), 16);
            if (at + digits <= text.length() && Character.isValidCodePoint(codePoint)) {
                at += digits;
                return codePoint;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw unexpected(digits + " hexadecimal digits of a character");
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw unexpected("\"" + c + "\"");
        }
    }

    private IllegalArgumentException unexpected(String expected) {
        String found = at < text.length() ? "\"" + text.charAt(at) + "\"" : "the end";
        return new IllegalArgumentException(
                "1:" + (at + 1) + ": parse error: expected " + expected + " but found " + found);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    private static boolean isNamePart(char c, boolean first, boolean metric) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (metric && c == ':')
                || (!first && c >= '0' && c <= '9');
    }

    private static boolean acceptsEmpty(Matcher matcher) {
        return switch (matcher.kind()) {
            case EQUAL -> matcher.value().isEmpty();
            case NOT_EQUAL -> !matcher.value().isEmpty();
            case MATCHES -> matchesEmpty(matcher.value());
            case NOT_MATCHES -> !matchesEmpty(matcher.value());
        };
    }

    /** Knows the forms people write; that some other pattern could be empty only costs time in the store. */
    private static boolean matchesEmpty(String pattern) {
        return pattern.isEmpty() || pattern.equals(".*") || pattern.endsWith("|") || pattern.startsWith("|");
    }
}
