package org.hearthwatch.query.syntax;

import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.query.syntax.VectorMatching.Cardinality;

/** Refuses what reads well but makes no sense: wrong types, wrong numbers of arguments, selectors of everything. */
final class TypeCheck {

    private TypeCheck() {}

    static void check(Expr expr) throws SyntaxException {
        if (expr instanceof Expr.Aggregation aggregation) {
            aggregation(aggregation);
        } else if (expr instanceof Expr.Binary binary) {
            binary(binary);
        } else if (expr instanceof Expr.Call call) {
            call(call);
        } else if (expr instanceof Expr.Paren paren) {
            check(paren.expr());
        } else if (expr instanceof Expr.Unary unary) {
            unary(unary);
        } else if (expr instanceof Expr.Subquery subquery) {
            subquery(subquery);
        } else if (expr instanceof Expr.MatrixSelector matrix) {
            selector(matrix.selector());
        } else if (expr instanceof Expr.VectorSelector selector) {
            selector(selector);
        }
    }

    private static void expect(Expr expr, ValueType wanted, String context) throws SyntaxException {
        check(expr);
        if (expr.type() != wanted) {
            throw new SyntaxException(
                    expr.at(),
                    "expected type " + wanted.title() + " in " + context + ", got "
                            + expr.type().title());
        }
    }

    private static void aggregation(Expr.Aggregation aggregation) throws SyntaxException {
        expect(aggregation.expr(), ValueType.VECTOR, "aggregation expression");
        if (aggregation.parameter().isPresent()) {
            ValueType wanted =
                    aggregation.aggregator() == Aggregator.COUNT_VALUES ? ValueType.STRING : ValueType.SCALAR;
            expect(aggregation.parameter().get(), wanted, "aggregation parameter");
        }
    }

    private static void binary(Expr.Binary binary) throws SyntaxException {
        check(binary.left());
        check(binary.right());
        BinaryOperator operator = binary.operator();
        ValueType left = binary.left().type();
        ValueType right = binary.right().type();
        boolean scalars = left == ValueType.SCALAR && right == ValueType.SCALAR;
        if (binary.bool() && !operator.isComparison()) {
            throw new SyntaxException(binary.operatorAt(), "bool modifier can only be used on comparison operators");
        }
        if (operator.isComparison() && !binary.bool() && scalars) {
            throw new SyntaxException(binary.operatorAt(), "comparisons between scalars must use BOOL modifier");
        }
        VectorMatching matching = binary.matching();
        for (String label : matching.labels()) {
            if (matching.on() && matching.include().contains(label)) {
                throw new SyntaxException(
                        binary.operatorAt(),
                        "label " + GoText.quote(label) + " must not occur in ON and GROUP clause at once");
            }
        }
        operand(binary.left());
        operand(binary.right());
        if (!binary.matches() && !matching.labels().isEmpty()) {
            throw new SyntaxException(binary.at(), "vector matching only allowed between instant vectors");
        }
        if (binary.matches() && operator.isSet() && matching.cardinality() != Cardinality.MANY_TO_MANY) {
            throw new SyntaxException(
                    binary.at(), "no grouping allowed for " + GoText.quote(operator.sign()) + " operation");
        }
        if (!binary.matches() && operator.isSet()) {
            throw new SyntaxException(
                    binary.at(),
                    "set operator " + GoText.quote(operator.sign()) + " not allowed in binary scalar expression");
        }
    }

    private static void operand(Expr expr) throws SyntaxException {
        if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
            throw new SyntaxException(expr.at(), "binary expression must contain only scalar and instant vector types");
        }
    }

    private static void call(Expr.Call call) throws SyntaxException {
        Signature function = call.function();
        List<ValueType> parameters = function.parameters();
        int given = call.arguments().size();
        int least = function.optional() == 0 ? parameters.size() : parameters.size() - 1;
        if (function.optional() == 0 && given != least) {
            throw wrongNumber(call, "", least);
        }
        if (given < least) {
            throw wrongNumber(call, "at least ", least);
        }
        if (function.optional() > 0 && given > least + function.optional()) {
            throw wrongNumber(call, "at most ", least + function.optional());
        }
        if (function.name().equals("info") && given > 1) {
            infoSelector(call.arguments().get(1));
        }
        for (int i = 0; i < given; i++) {
            Expr argument = call.arguments().get(i);
            if (i == 1 && function.name().equals("info")) {
                continue;
            }
            expect(
                    argument,
                    parameters.get(Math.min(i, parameters.size() - 1)),
                    "call to function " + GoText.quote(function.name()));
        }
    }

    /** The second argument of {@code info} only names labels; unlike other selectors it may match everything. */
    private static void infoSelector(Expr argument) throws SyntaxException {
        if (!(argument instanceof Expr.VectorSelector selector)) {
            throw new SyntaxException(
                    argument.at(),
                    "expected type instant vector in call to function \"info\", got "
                            + argument.type().title());
        }
        if (!selector.name().isEmpty()) {
            throw new SyntaxException(argument.at(), "expected label selectors only, got vector selector instead");
        }
    }

    private static SyntaxException wrongNumber(Expr.Call call, String bound, int expected) {
        return new SyntaxException(
                call.at(),
                "expected " + bound + expected + " argument(s) in call to "
                        + GoText.quote(call.function().name()) + ", got "
                        + call.arguments().size());
    }

    private static void unary(Expr.Unary unary) throws SyntaxException {
        check(unary.expr());
        if (unary.type() != ValueType.SCALAR && unary.type() != ValueType.VECTOR) {
            throw new SyntaxException(
                    unary.at(),
                    "unary expression only allowed on expressions of type scalar or instant vector, got "
                            + GoText.quote(unary.type().title()));
        }
    }

    private static void subquery(Expr.Subquery subquery) throws SyntaxException {
        check(subquery.expr());
        if (subquery.expr().type() != ValueType.VECTOR) {
            throw new SyntaxException(
                    subquery.at(),
                    "subquery is only allowed on instant vector, got "
                            + subquery.expr().type().word() + " instead");
        }
    }

    private static void selector(Expr.VectorSelector selector) throws SyntaxException {
        List<Matcher> matchers = selector.matchers();
        if (!selector.name().isEmpty()) {
            for (Matcher matcher : matchers.subList(0, matchers.size() - 1)) {
                if (matcher.label().equals(Labels.NAME)) {
                    throw new SyntaxException(
                            selector.at(),
                            "metric name must not be set twice: " + GoText.quote(selector.name()) + " or "
                                    + GoText.quote(matcher.value()));
                }
            }
        } else if (matchers.stream().allMatch(TypeCheck::matchesTheEmpty)) {
            throw new SyntaxException(selector.at(), "vector selector must contain at least one non-empty matcher");
        }
    }

    private static boolean matchesTheEmpty(Matcher matcher) {
        return switch (matcher.kind()) {
            case EQUAL -> matcher.value().isEmpty();
            case NOT_EQUAL -> !matcher.value().isEmpty();
            case MATCHES -> Regex.matches(matcher.value(), "");
            case NOT_MATCHES -> !Regex.matches(matcher.value(), "");
        };
    }
}
