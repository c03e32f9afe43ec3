package org.hearthwatch.query.syntax;

import java.util.Optional;

/**
 * The tokens of an expression with the one ahead in view, and the words of complaint. The one ahead is only cut when it
 * is looked at, so that what is wrong before it is complained about first. Not thread-safe.
 */
final class Tokens {

    private final Lexer lexer;
    private Optional<Token> ahead = Optional.empty();
    private final ClosingParens parens = new ClosingParens();
    private int aggregations;
    private int end;

    Tokens(String text) {
        lexer = new Lexer(text);
    }

    Token ahead() throws SyntaxException {
        if (ahead.isEmpty()) {
            Token next = lexer.next();
            if (next.is(TokenKind.RIGHT_PAREN)) {
                parens.read(next);
            }
            ahead = Optional.of(next);
        }
        return ahead.get();
    }

    boolean at(TokenKind kind) throws SyntaxException {
        return ahead().is(kind);
    }

    Token take() throws SyntaxException {
        Token taken = ahead();
        ahead = Optional.empty();
        end = taken.end();
        return taken;
    }

    ClosingParens parens() {
        return parens;
    }

    /** Behind the token taken last. */
    int end() {
        return end;
    }

    Optional<Token> accept(TokenKind kind) throws SyntaxException {
        return at(kind) ? Optional.of(take()) : Optional.empty();
    }

    /** Takes a token that has to be there; what else stands there is complained about. */
    Token expect(TokenKind kind) throws SyntaxException {
        if (!at(kind)) {
            throw unexpected();
        }
        return take();
    }

    /** While the arguments of an aggregation are read, complaints that know no nearer context name it. */
    void enterAggregation() {
        aggregations++;
    }

    void leaveAggregation() {
        aggregations--;
    }

    SyntaxException unexpected() throws SyntaxException {
        return unexpected(aggregations > 0 ? "aggregation" : "", "");
    }

    SyntaxException unexpected(String context, String expected) throws SyntaxException {
        var message = new StringBuilder("unexpected ").append(ahead().description());
        if (!context.isEmpty()) {
            message.append(" in ").append(context);
        }
        if (!expected.isEmpty()) {
            message.append(", expected ").append(expected);
        }
        return new SyntaxException(ahead().at(), message.toString());
    }
}
