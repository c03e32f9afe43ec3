package org.hearthwatch.prometheus.http;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.prometheus.http.SelectorLexer.Kind;
import org.hearthwatch.prometheus.http.SelectorLexer.Token;

/**
 * Reads one series selector, the form PromQL 3 gives it: {@code up}, {@code up{job="node",env!~"x.*"}},
 * {@code {"http.status",code='200'}}. What is none is refused in Prometheus' words, with line and column.
 */
final class Selector {

    private static final String NAME_OR_END = " in label matching, expected identifier or \"}\"";
    private static final String COMMA_OR_END = " in label matching, expected \",\" or \"}\"";

    private final SelectorLexer lexer;
    private final List<Matcher> matchers = new ArrayList<>();

    private Selector(String text) {
        this.lexer = new SelectorLexer(text);
    }

    /**
     * The matchers of a selector, none for {@code {}}.
     *
     * @throws IllegalArgumentException naming the place that is no selector
     */
    static List<Matcher> parse(String text) {
        var selector = new Selector(text);
        selector.read();
        return selector.matchers;
    }

    private void read() {
        Token token = lexer.next();
        Optional<String> name = Optional.empty();
        if (token.kind() == Kind.WORD && !token.raw().equals("bool")) {
            name = Optional.of(token.raw());
            token = lexer.next();
        } else if (!token.is("{")) {
            throw unexpected(token, "");
        }
        if (token.is("{")) {
            braces();
            token = lexer.next();
        }
        if (token.kind() != Kind.END) {
            throw unexpected(token, "");
        }
        name.ifPresent(metric -> matchers.add(0, Matcher.metric(metric)));
    }

    private void braces() {
        Token token = lexer.inside();
        while (!token.is("}")) {
            if (token.kind() == Kind.STRING) {
                token = quoted(token);
            } else if (token.kind() == Kind.WORD) {
                matcher(token.raw(), token.from(), lexer.inside());
                token = lexer.inside();
            } else {
                throw unexpected(token, NAME_OR_END);
            }
            if (token.is(",")) {
                token = lexer.inside();
            } else if (!token.is("}")) {
                throw unexpected(token, COMMA_OR_END);
            }
        }
    }

    /** A string is the metric's name, or with an operator behind it a label's; gives what follows it. */
    private Token quoted(Token name) {
        Token token = lexer.inside();
        if (token.is(",") || token.is("}") || token.kind() != Kind.SIGN) {
            matchers.add(Matcher.metric(name.value()));
            return token;
        }
        matcher(name.value(), name.from(), token);
        return lexer.inside();
    }

    private void matcher(String label, int from, Token operator) {
        for (Matcher.Kind kind : Matcher.Kind.values()) {
            if (operator.is(kind.sign())) {
                Token value = lexer.inside();
                if (value.kind() != Kind.STRING) {
                    throw unexpected(value, " in label matching, expected string");
                }
                var matcher = new Matcher(label, kind, value.value());
                try {
                    Matching.of(matcher);
                } catch (PatternSyntaxException e) {
                    throw lexer.refused(
                            from, "error parsing regexp: " + e.getDescription() + ": `" + Matching.written(e) + "`");
                }
                matchers.add(matcher);
                return;
            }
        }
        throw unexpected(operator, " in label matching, expected label matching operator");
    }

    private IllegalArgumentException unexpected(Token token, String expected) {
        return lexer.refused(token.from(), "unexpected " + token.described() + expected);
    }
}
