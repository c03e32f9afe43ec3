package org.hearthwatch.query.syntax;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;

/** Reads what stands in braces, and lists of label names. */
final class SelectorParser {

    private static final String MATCHING = "label matching";
    private static final String GROUPING = "grouping opts";

    private final Tokens tokens;

    SelectorParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The conditions within braces, of which the first is ahead. */
    List<Matcher> matchers() throws SyntaxException {
        tokens.expect(TokenKind.LEFT_BRACE);
        var matchers = new ArrayList<Matcher>();
        while (!tokens.at(TokenKind.RIGHT_BRACE)) {
            matchers.add(matcher());
            if (tokens.accept(TokenKind.COMMA).isEmpty() && !tokens.at(TokenKind.RIGHT_BRACE)) {
                throw tokens.unexpected(MATCHING, "\",\" or \"}\"");
            }
        }
        tokens.take();
        return matchers;
    }

    private Matcher matcher() throws SyntaxException {
        Token first = tokens.ahead();
        if (!first.is(TokenKind.IDENTIFIER) && !first.is(TokenKind.STRING)) {
            throw tokens.unexpected(MATCHING, "identifier or \"}\"");
        }
        tokens.take();
        String name = first.is(TokenKind.STRING) ? RawBytes.replaced(Literals.string(first)) : first.text();
        boolean alone = first.is(TokenKind.STRING) && (tokens.at(TokenKind.COMMA) || tokens.at(TokenKind.RIGHT_BRACE));
        if (alone) {
            return Matcher.metric(name);
        }
        Matcher.Kind kind = switch (tokens.ahead().kind()) {
            case ASSIGN -> Matcher.Kind.EQUAL;
            case NOT_EQUAL -> Matcher.Kind.NOT_EQUAL;
            case MATCHES -> Matcher.Kind.MATCHES;
            case NOT_MATCHES -> Matcher.Kind.NOT_MATCHES;
            default ->
                throw first.is(TokenKind.STRING)
                        ? tokens.unexpected(MATCHING, "\",\" or \"}\"")
                        : tokens.unexpected(MATCHING, "label matching operator");
        };
        tokens.take();
        if (!tokens.at(TokenKind.STRING)) {
            throw tokens.unexpected(MATCHING, "string");
        }
        String value = RawBytes.replaced(Literals.string(tokens.take()));
        if (kind == Matcher.Kind.MATCHES || kind == Matcher.Kind.NOT_MATCHES) {
            check(value, first.at());
        }
        return new Matcher(name, kind, value);
    }

    private static void check(String pattern, int at) throws SyntaxException {
        try {
            Regex.check(pattern);
        } catch (PatternSyntaxException e) {
            throw new SyntaxException(at, String.valueOf(e.getMessage()));
        }
    }

    /** Label names in parentheses. */
    List<String> labels() throws SyntaxException {
        if (!tokens.at(TokenKind.LEFT_PAREN)) {
            throw tokens.unexpected(GROUPING, "\"(\"");
        }
        tokens.take();
        var labels = new ArrayList<String>();
        while (!tokens.at(TokenKind.RIGHT_PAREN)) {
            labels.add(label());
            if (tokens.accept(TokenKind.COMMA).isEmpty() && !tokens.at(TokenKind.RIGHT_PAREN)) {
                throw tokens.unexpected(GROUPING, "\",\" or \")\"");
            }
        }
        tokens.take();
        return labels;
    }

    private String label() throws SyntaxException {
        Token token = tokens.ahead();
        switch (token.kind()) {
            case STRING -> {
                tokens.take();
                String label = Literals.string(token);
                if (!RawBytes.isLabelName(label)) {
                    throw new SyntaxException(token.at(), "invalid label name for grouping: " + GoText.quote(label));
                }
                return label;
            }
            case IDENTIFIER,
                    METRIC_IDENTIFIER,
                    AGGREGATOR,
                    BOOL,
                    BY,
                    GROUP_LEFT,
                    GROUP_RIGHT,
                    IGNORING,
                    AND,
                    OR,
                    UNLESS,
                    OFFSET,
                    ON,
                    START,
                    END,
                    ATAN2 -> {
                return tokens.take().text();
            }
            default -> throw tokens.unexpected(GROUPING, "label");
        }
    }

    /** The selector of a metric's name and conditions; the name's condition comes last, as Prometheus has it. */
    static Expr.VectorSelector selector(String name, List<Matcher> matchers, int at) {
        var all = new ArrayList<>(matchers);
        if (!name.isEmpty()) {
            all.add(Matcher.equal(Labels.NAME, name));
        }
        return new Expr.VectorSelector(name, all, Shift.NONE, at);
    }
}
