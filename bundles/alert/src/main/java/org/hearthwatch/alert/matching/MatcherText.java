package org.hearthwatch.alert.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hearthwatch.alert.matching.MatcherLexer.Kind;
import org.hearthwatch.alert.matching.MatcherLexer.Token;
import org.hearthwatch.api.store.Matcher;

/**
 * Conditions as they are written in configuration and over the API. As in Alertmanager, the newer notation (names and
 * values in double quotes, any character in them) is tried first; where the older one reads the same text otherwise, or
 * alone reads it, the older counts.
 */
public final class MatcherText {

    private static final Pattern CLASSIC =
            Pattern.compile("\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|=|!=|!~)\\s*(.*?)\\s*", Pattern.DOTALL);

    private MatcherText() {}

    /**
     * Any number of conditions, {@code {a="b",c=~"d"}} with or without the braces.
     *
     * @throws IllegalArgumentException in Alertmanager's words
     */
    public static List<LabelMatcher> parse(String text) {
        List<LabelMatcher> newer;
        try {
            newer = newer(text);
        } catch (IllegalArgumentException e) {
            return classic(text);
        }
        try {
            return classic(text);
        } catch (IllegalArgumentException e) {
            return newer;
        }
    }

    /**
     * Exactly one condition, without braces.
     *
     * @throws IllegalArgumentException in Alertmanager's words
     */
    public static LabelMatcher parseOne(String text) {
        if (text.startsWith("{") || text.endsWith("}")) {
            throw new IllegalArgumentException("unexpected open or close brace: " + text);
        }
        List<LabelMatcher> newer = List.of();
        try {
            newer = newer(text);
        } catch (IllegalArgumentException e) {
            return classicOne(text);
        }
        if (newer.size() != 1) {
            return classicOne(text);
        }
        try {
            return classicOne(text);
        } catch (IllegalArgumentException e) {
            return newer.get(0);
        }
    }

    private static LabelMatcher matcher(String name, String sign, String value) {
        for (Matcher.Kind kind : Matcher.Kind.values()) {
            if (kind.sign().equals(sign)) {
                return LabelMatcher.of(new Matcher(name, kind, value));
            }
        }
        throw new IllegalArgumentException("unexpected " + sign);
    }

    private static List<LabelMatcher> newer(String text) {
        List<Token> tokens = MatcherLexer.tokens(text);
        var matchers = new ArrayList<LabelMatcher>();
        int at = 0;
        boolean open = tokens.get(at).kind() == Kind.OPEN;
        if (open) {
            at++;
        }
        while (tokens.get(at).kind() != Kind.CLOSE && tokens.get(at).kind() != Kind.END) {
            Token name = expect(tokens.get(at), "no label name", Kind.QUOTED, Kind.UNQUOTED);
            Token operator = expect(tokens.get(at + 1), "no operator", Kind.OPERATOR);
            Token value = expect(tokens.get(at + 2), "no label value", Kind.QUOTED, Kind.UNQUOTED);
            matchers.add(matcher(name.meaning(), operator.text(), value.meaning()));
            at += 3;
            Token after = expect(tokens.get(at), "expected a comma or close brace", Kind.COMMA, Kind.CLOSE, Kind.END);
            if (after.kind() == Kind.COMMA) {
                at++;
            }
        }
        boolean closed = tokens.get(at).kind() == Kind.CLOSE;
        if (open != closed) {
            throw new IllegalArgumentException(
                    "0:" + tokens.get(at).to() + ": " + (open ? "end of input: no close brace" : "}: no open brace"));
        }
        expect(tokens.get(closed ? at + 1 : at), "expected end of input", Kind.END);
        return matchers;
    }

    private static Token expect(Token token, String otherwise, Kind... kinds) {
        for (Kind kind : kinds) {
            if (token.kind() == kind) {
                return token;
            }
        }
        throw new IllegalArgumentException(
                token.kind() == Kind.END
                        ? "end of input: " + otherwise
                        : token.from() + ":" + token.to() + ": unexpected " + token.text() + ": " + otherwise);
    }

    private static List<LabelMatcher> classic(String text) {
        String inner = text.startsWith("{") ? text.substring(1) : text;
        inner = inner.endsWith("}") ? inner.substring(0, inner.length() - 1) : inner;
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        boolean quoted = false;
        boolean escaped = false;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == ',' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
                continue;
            }
            if (c == '"' && !escaped) {
                quoted = !quoted;
            }
            escaped = c == '\\' && !escaped;
            part.append(c);
        }
        if (!part.toString().isBlank()) {
            parts.add(part.toString());
        }
        return parts.stream().map(MatcherText::classicOne).toList();
    }

    private static LabelMatcher classicOne(String text) {
        var match = CLASSIC.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("bad matcher format: " + text);
        }
        return matcher(match.group(1), match.group(2), classicValue(match.group(3)));
    }

    private static String classicValue(String written) {
        boolean quoted = written.startsWith("\"");
        String raw = quoted ? written.substring(1) : written;
        var value = new StringBuilder();
        boolean closed = !quoted;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean last = i == raw.length() - 1;
            if (c == '\\' && !last) {
                char next = raw.charAt(++i);
                switch (next) {
                    case 'n' -> value.append('\n');
                    case '"', '\\' -> value.append(next);
                    default -> value.append(c).append(next);
                }
            } else if (c == '"') {
                if (!quoted || !last) {
                    throw unescapedQuote(written);
                }
                closed = true;
            } else {
                value.append(c);
            }
        }
        if (!closed) {
            throw unescapedQuote(written);
        }
        return value.toString();
    }

    private static IllegalArgumentException unescapedQuote(String written) {
        return new IllegalArgumentException("matcher value contains unescaped double quote: " + written);
    }
}
