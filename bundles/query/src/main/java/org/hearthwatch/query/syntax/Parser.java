package org.hearthwatch.query.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.query.syntax.VectorMatching.Cardinality;

/**
 * Reads PromQL as Prometheus 3.5 does, complaints and their positions included. Bounded: by the length of the text and
 * by how deep expressions are nested.
 *
 * <p>Operators are read by precedence climbing; what may follow an operand (ranges, {@code offset}, {@code @}) binds
 * tighter than every operator, a sign looser than {@code ^}.
 */
public final class Parser {

    /** The longest expression read, in characters. */
    public static final int MAX_LENGTH = 100_000;

    /** How deep calls, parentheses and signs may be nested. */
    static final int MAX_NESTING = 100;

    /** How many operators may stand in a row; the tree of a chain is as deep as the chain is long. */
    static final int MAX_CHAIN = 500;

    private final String text;
    private final Tokens tokens;
    private final Set<Feature> features;
    private final Nesting nesting = new Nesting(MAX_NESTING);
    private final SelectorParser selectors;
    private final DurationParser durations;
    private int chained;

    private Parser(String text, Set<Feature> features) {
        this.text = text;
        this.tokens = new Tokens(text);
        this.features = features;
        this.selectors = new SelectorParser(tokens);
        this.durations = new DurationParser(tokens, nesting, features);
    }

    /**
     * The tree of an expression, its types checked.
     *
     * @throws SyntaxException naming the first thing that is wrong
     */
    public static Expr parse(String text, Set<Feature> features) throws SyntaxException {
        if (text.length() > MAX_LENGTH) {
            throw new SyntaxException(0, "expression is longer than " + MAX_LENGTH + " characters");
        }
        var parser = new Parser(text, features);
        if (parser.tokens.at(TokenKind.END_OF_INPUT)) {
            throw new SyntaxException(0, "no expression found in input");
        }
        Expr expr = parser.expression(0);
        parser.tokens.expect(TokenKind.END_OF_INPUT);
        TypeCheck.check(expr);
        return expr;
    }

    private Expr expression(int precedence) throws SyntaxException {
        nesting.enter(tokens.ahead().at());
        Expr left = unary();
        while (true) {
            Optional<BinaryOperator> operator =
                    BinaryOperator.of(tokens.ahead().kind()).filter(found -> found.precedence() >= precedence);
            if (operator.isEmpty()) {
                nesting.leave();
                return left;
            }
            int leftEnd = end(left, tokens.end());
            Token sign = tokens.take();
            chained++;
            if (chained > MAX_CHAIN) {
                throw new SyntaxException(sign.at(), "expression has more than " + MAX_CHAIN + " operators");
            }
            left = binary(operator.get(), left, afterBlanks(leftEnd));
        }
    }

    private Expr binary(BinaryOperator operator, Expr left, int signAt) throws SyntaxException {
        boolean bool = tokens.accept(TokenKind.BOOL).isPresent();
        VectorMatching matching = matching();
        if (operator.isSet() && matching.cardinality() == Cardinality.ONE_TO_ONE) {
            matching = matching.with(Cardinality.MANY_TO_MANY);
        }
        Expr right = expression(operator.precedence() + (operator.rightAssociative() ? 0 : 1));
        return new Expr.Binary(operator, bool, matching, left, right, signAt);
    }

    /** Where Prometheus takes the left side of an operator to end. */
    private static int end(Expr expr, int read) {
        if (expr instanceof Expr.Call call) {
            return call.end();
        }
        if (expr instanceof Expr.Aggregation aggregation) {
            return aggregation.end();
        }
        if (expr instanceof Expr.Binary binary) {
            return end(binary.right(), read);
        }
        return expr instanceof Expr.Unary unary ? end(unary.expr(), read) : read;
    }

    private int afterBlanks(int from) {
        int at = from;
        while (at < text.length() && Lexer.isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private VectorMatching matching() throws SyntaxException {
        if (!tokens.at(TokenKind.ON) && !tokens.at(TokenKind.IGNORING)) {
            return VectorMatching.DEFAULT;
        }
        boolean on = tokens.take().is(TokenKind.ON);
        List<String> labels = selectors.labels();
        var cardinality = Cardinality.ONE_TO_ONE;
        List<String> include = List.of();
        if (tokens.at(TokenKind.GROUP_LEFT) || tokens.at(TokenKind.GROUP_RIGHT)) {
            boolean left = tokens.take().is(TokenKind.GROUP_LEFT);
            cardinality = left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
            if (tokens.at(TokenKind.LEFT_PAREN)
                    || !startsExpression(tokens.ahead().kind())) {
                include = selectors.labels();
            }
        }
        return new VectorMatching(cardinality, on, labels, include);
    }

    private Expr unary() throws SyntaxException {
        if (!tokens.at(TokenKind.ADD) && !tokens.at(TokenKind.SUBTRACT)) {
            return modified(primary());
        }
        Token sign = tokens.take();
        boolean negative = sign.is(TokenKind.SUBTRACT);
        Expr operand = expression(BinaryOperator.POWER.precedence());
        if (operand instanceof Expr.NumberLiteral number) {
            double value = negative ? -number.value() : number.value();
            return new Expr.NumberLiteral(value, number.duration(), sign.at());
        }
        return new Expr.Unary(negative, operand, sign.at());
    }

    private Expr primary() throws SyntaxException {
        Token token = tokens.ahead();
        switch (token.kind()) {
            case NUMBER -> {
                tokens.take();
                return new Expr.NumberLiteral(Literals.number(token), false, token.at());
            }
            case DURATION -> {
                tokens.take();
                return new Expr.NumberLiteral(Literals.duration(token), true, token.at());
            }
            case STRING -> {
                tokens.take();
                return new Expr.StringLiteral(Literals.string(token), token.at());
            }
            case LEFT_PAREN -> {
                tokens.take();
                Expr inner = expression(0);
                tokens.expect(TokenKind.RIGHT_PAREN);
                tokens.parens().take();
                return new Expr.Paren(inner, token.at());
            }
            case LEFT_BRACE -> {
                return SelectorParser.selector("", selectors.matchers(), token.at());
            }
            case IDENTIFIER -> {
                tokens.take();
                return tokens.at(TokenKind.LEFT_PAREN) ? call(token) : selector(token);
            }
            case AGGREGATOR -> {
                tokens.take();
                boolean aggregates =
                        tokens.at(TokenKind.LEFT_PAREN) || tokens.at(TokenKind.BY) || tokens.at(TokenKind.WITHOUT);
                return aggregates ? aggregation(token) : selector(token);
            }
            case METRIC_IDENTIFIER, BY, WITHOUT, AND, OR, UNLESS, OFFSET, START, END -> {
                tokens.take();
                return selector(token);
            }
            default -> throw tokens.unexpected();
        }
    }

    private Expr selector(Token name) throws SyntaxException {
        return SelectorParser.selector(
                name.text(), tokens.at(TokenKind.LEFT_BRACE) ? selectors.matchers() : List.of(), name.at());
    }

    private Expr call(Token name) throws SyntaxException {
        List<Expr> arguments = arguments();
        Signature signature = Signatures.find(name.text())
                .orElseThrow(() ->
                        new SyntaxException(name.at(), "unknown function with name " + GoText.quote(name.text())));
        if (signature.experimental() && !features.contains(Feature.PROMQL_EXPERIMENTAL_FUNCTIONS)) {
            throw new SyntaxException(name.at(), "function " + GoText.quote(name.text()) + " is not enabled");
        }
        return new Expr.Call(signature, arguments, name.at(), tokens.parens().take());
    }

    private List<Expr> arguments() throws SyntaxException {
        tokens.expect(TokenKind.LEFT_PAREN);
        var arguments = new ArrayList<Expr>();
        if (tokens.accept(TokenKind.RIGHT_PAREN).isPresent()) {
            return arguments;
        }
        arguments.add(expression(0));
        while (tokens.at(TokenKind.COMMA)) {
            Token comma = tokens.take();
            if (!startsExpression(tokens.ahead().kind())) {
                throw new SyntaxException(comma.at(), "trailing commas not allowed in function call args");
            }
            arguments.add(expression(0));
        }
        tokens.expect(TokenKind.RIGHT_PAREN);
        return arguments;
    }

    private static boolean startsExpression(TokenKind kind) {
        return switch (kind) {
            case NUMBER,
                    DURATION,
                    STRING,
                    LEFT_PAREN,
                    LEFT_BRACE,
                    IDENTIFIER,
                    METRIC_IDENTIFIER,
                    AGGREGATOR,
                    BY,
                    WITHOUT,
                    AND,
                    OR,
                    UNLESS,
                    OFFSET,
                    START,
                    END,
                    ADD,
                    SUBTRACT -> true;
            default -> false;
        };
    }

    private Expr aggregation(Token word) throws SyntaxException {
        tokens.enterAggregation();
        boolean before = !tokens.at(TokenKind.LEFT_PAREN);
        boolean without = false;
        List<String> labels = List.of();
        if (before) {
            without = tokens.take().is(TokenKind.WITHOUT);
            labels = selectors.labels();
        }
        List<Expr> arguments = arguments();
        tokens.leaveAggregation();
        boolean behind = !before && (tokens.at(TokenKind.BY) || tokens.at(TokenKind.WITHOUT));
        if (behind) {
            without = tokens.take().is(TokenKind.WITHOUT);
            labels = selectors.labels();
        }
        if (before || behind) {
            tokens.parens().skip();
        }
        return aggregation(word, arguments, without, labels, tokens.parens().take());
    }

    private Expr aggregation(Token word, List<Expr> arguments, boolean without, List<String> labels, int end)
            throws SyntaxException {
        Aggregator aggregator = Aggregator.ofWord(word.text().toLowerCase(Locale.ROOT));
        if (arguments.isEmpty()) {
            throw new SyntaxException(word.at(), "no arguments for aggregate expression provided");
        }
        if (aggregator.experimental() && !features.contains(Feature.PROMQL_EXPERIMENTAL_FUNCTIONS)) {
            throw new SyntaxException(
                    word.at(),
                    aggregator.word() + "() is experimental and must be enabled with"
                            + " --enable-feature=promql-experimental-functions");
        }
        int expected = aggregator.takesParameter() ? 2 : 1;
        if (arguments.size() != expected) {
            throw new SyntaxException(
                    word.at(),
                    "wrong number of arguments for aggregate expression provided, expected " + expected + ", got "
                            + arguments.size());
        }
        Optional<Expr> parameter = expected == 2 ? Optional.of(arguments.get(0)) : Optional.empty();
        return new Expr.Aggregation(
                aggregator, parameter, arguments.get(expected - 1), without, labels, word.at(), end);
    }

    private Expr modified(Expr operand) throws SyntaxException {
        Expr expr = operand;
        while (true) {
            switch (tokens.ahead().kind()) {
                case LEFT_BRACKET -> expr = ranged(expr);
                case OFFSET -> {
                    tokens.take();
                    expr = Modifiers.offset(expr, durations.offset());
                }
                case AT -> {
                    tokens.take();
                    expr = Modifiers.at(expr, moment(expr));
                }
                default -> {
                    return expr;
                }
            }
        }
    }

    private Shift.At moment(Expr of) throws SyntaxException {
        Token token = tokens.ahead();
        if (token.is(TokenKind.START) || token.is(TokenKind.END)) {
            tokens.take();
            boolean empty = tokens.accept(TokenKind.LEFT_PAREN).isPresent()
                    && tokens.accept(TokenKind.RIGHT_PAREN).isPresent();
            if (!empty) {
                throw tokens.unexpected("@", "timestamp");
            }
            return token.is(TokenKind.START) ? new Shift.At.Start() : new Shift.At.End();
        }
        boolean signed = token.is(TokenKind.ADD) || token.is(TokenKind.SUBTRACT);
        if (signed) {
            tokens.take();
        }
        if (!tokens.at(TokenKind.NUMBER) && !tokens.at(TokenKind.DURATION)) {
            throw tokens.unexpected("@", "timestamp");
        }
        Token number = tokens.take();
        double seconds = number.is(TokenKind.NUMBER) ? Literals.number(number) : Literals.duration(number);
        return Modifiers.moment(of, token.is(TokenKind.SUBTRACT) ? -seconds : seconds);
    }

    private Expr ranged(Expr expr) throws SyntaxException {
        Token bracket = tokens.take();
        DurationExpr range = durations.positive("subquery selector", "number or duration");
        if (tokens.accept(TokenKind.COLON).isPresent()) {
            Optional<DurationExpr> step = Optional.empty();
            if (!tokens.at(TokenKind.RIGHT_BRACKET)) {
                step = Optional.of(durations.positive("subquery selector", "number or duration or \"]\""));
                if (!tokens.at(TokenKind.RIGHT_BRACKET)) {
                    throw tokens.unexpected("subquery selector", "\"]\"");
                }
            }
            tokens.take();
            return new Expr.Subquery(expr, range, step, Shift.NONE);
        }
        if (!tokens.at(TokenKind.RIGHT_BRACKET)) {
            throw tokens.unexpected("subquery or range", "\":\" or \"]\"");
        }
        tokens.take();
        return Modifiers.range(expr, range, bracket.at());
    }
}
