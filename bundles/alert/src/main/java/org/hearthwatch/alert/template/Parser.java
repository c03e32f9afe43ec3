package org.hearthwatch.alert.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.hearthwatch.alert.template.Token.Kind;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.text.Quoted;

/** Reads templates. Follows Go's {@code text/template/parse}, messages included. */
final class Parser {

    /** Blocks and parentheses within each other; a bound on what a hostile text can make us recurse. */
    private static final int MOST_NESTED = 200;

    private final String name;
    private final String text;
    private final Functions functions;
    private final List<Token> tokens;
    private final Map<String, Node.Block> templates = new TreeMap<>();
    private final Deque<List<String>> scopes = new ArrayDeque<>();
    private int next;
    private int nested;
    private int loops;
    private String ended = "";

    private Parser(String name, String text, Functions functions) throws TemplateException {
        this.name = name;
        this.text = text;
        this.functions = functions;
        this.tokens = Lexer.tokens(name, text);
    }

    /** All templates a text defines; itself stands under its own name. */
    static Map<String, Node.Block> parse(String name, String text, List<String> variables, Functions functions)
            throws TemplateException {
        var parser = new Parser(name, text, functions);
        Node.Block body = parser.top(variables);
        parser.templates.put(name, body);
        return parser.templates;
    }

    private Node.Block top(List<String> variables) throws TemplateException {
        scopes.push(new ArrayList<>(variables));
        scopes.element().add("$");
        var nodes = new ArrayList<Node>();
        while (!ahead().is(Kind.END)) {
            if (ahead().is(Kind.LEFT_DELIMITER) && tokens.get(next + 1).isKeyword("define")) {
                next += 2;
                definition();
                continue;
            }
            textOrAction(true).ifPresent(nodes::add);
        }
        return new Node.Block(0, nodes);
    }

    private void definition() throws TemplateException {
        String defined = string("define clause");
        expect(Kind.RIGHT_DELIMITER, "define clause");
        var outer = new ArrayDeque<>(scopes);
        int outerLoops = loops;
        scopes.clear();
        scopes.push(new ArrayList<>(List.of("$")));
        loops = 0;
        Body body = body();
        if (!body.end().equals("end")) {
            throw error("unexpected {{" + body.end() + "}} in define clause");
        }
        scopes.clear();
        scopes.addAll(outer);
        loops = outerLoops;
        templates.put(defined, body.block());
    }

    /** Nodes up to {@code end} or {@code else}, and which of them it was. */
    private record Body(Node.Block block, String end) {}

    private Body body() throws TemplateException {
        enter();
        int at = ahead().at();
        var nodes = new ArrayList<Node>();
        while (!ahead().is(Kind.END)) {
            Optional<Node> node = textOrAction(false);
            if (node.isEmpty()) {
                nested--;
                return new Body(new Node.Block(at, nodes), ended);
            }
            nodes.add(node.get());
        }
        throw error("unexpected EOF");
    }

    /** One node, or nothing at {@code end} or {@code else}, of which the word is then taken. */
    private Optional<Node> textOrAction(boolean top) throws TemplateException {
        Token token = take();
        if (token.is(Kind.TEXT)) {
            return Optional.of(new Node.Text(token.at(), token.text()));
        }
        if (!token.is(Kind.LEFT_DELIMITER)) {
            throw unexpected(token, "input");
        }
        Token word = ahead();
        if (!word.is(Kind.KEYWORD)) {
            Node.Pipe pipe = pipeline("command", Kind.RIGHT_DELIMITER);
            return Optional.of(new Node.Action(pipe.at(), pipe));
        }
        take();
        return switch (word.text()) {
            case "if", "with", "range" -> Optional.of(control(word));
            case "template" -> Optional.of(call(word));
            case "block" -> Optional.of(block(word));
            case "break", "continue" -> Optional.of(jump(word));
            case "define" -> throw unexpected(word, "command");
            default -> {
                if (top) {
                    throw error("unexpected {{" + word.text() + "}}");
                }
                if (word.text().equals("end")) {
                    expect(Kind.RIGHT_DELIMITER, "end");
                }
                ended = word.text();
                yield Optional.empty();
            }
        };
    }

    private Node jump(Token word) throws TemplateException {
        if (!ahead().is(Kind.RIGHT_DELIMITER)) {
            throw unexpected(ahead(), "{{" + word.text() + "}}");
        }
        take();
        if (loops == 0) {
            throw error("{{" + word.text() + "}} outside {{range}}");
        }
        return word.text().equals("break") ? new Node.Break(word.at()) : new Node.Continue(word.at());
    }

    private Node call(Token word) throws TemplateException {
        String called = string("template clause");
        if (ahead().is(Kind.RIGHT_DELIMITER)) {
            take();
            return new Node.Call(word.at(), called, Optional.empty());
        }
        return new Node.Call(word.at(), called, Optional.of(pipeline("template clause", Kind.RIGHT_DELIMITER)));
    }

    private Node block(Token word) throws TemplateException {
        String defined = string("block clause");
        Node.Pipe pipe = pipeline("block clause", Kind.RIGHT_DELIMITER);
        var outer = new ArrayDeque<>(scopes);
        int outerLoops = loops;
        scopes.clear();
        scopes.push(new ArrayList<>(List.of("$")));
        loops = 0;
        Body body = body();
        if (!body.end().equals("end")) {
            throw error("unexpected {{" + body.end() + "}} in block clause");
        }
        scopes.clear();
        scopes.addAll(outer);
        loops = outerLoops;
        templates.putIfAbsent(defined, body.block());
        return new Node.Call(word.at(), defined, Optional.of(pipe));
    }

    private Node control(Token word) throws TemplateException {
        boolean loop = word.text().equals("range");
        scopes.push(new ArrayList<>());
        Node.Pipe pipe = pipeline(word.text(), Kind.RIGHT_DELIMITER);
        loops += loop ? 1 : 0;
        Body body = body();
        loops -= loop ? 1 : 0;
        Optional<Node.Block> otherwise = Optional.empty();
        if (body.end().equals("else")) {
            Token after = ahead();
            if (after.isKeyword(word.text()) && !loop) {
                take();
                enter();
                otherwise = Optional.of(new Node.Block(after.at(), List.of(control(after))));
                nested--;
            } else {
                expect(Kind.RIGHT_DELIMITER, "else");
                Body last = body();
                if (!last.end().equals("end")) {
                    throw error("expected end; found {{else}}");
                }
                otherwise = Optional.of(last.block());
            }
        }
        scopes.pop();
        return switch (word.text()) {
            case "if" -> new Node.If(word.at(), pipe, body.block(), otherwise);
            case "with" -> new Node.With(word.at(), pipe, body.block(), otherwise);
            default -> new Node.Range(word.at(), pipe, body.block(), otherwise);
        };
    }

    private Node.Pipe pipeline(String context, Kind end) throws TemplateException {
        enter();
        int at = ahead().at();
        var variables = new ArrayList<String>();
        boolean assigns = declarations(context, variables);
        var commands = new ArrayList<Node.Command>();
        while (true) {
            Token token = ahead();
            if (token.is(end)) {
                take();
                check(commands, context);
                nested--;
                return new Node.Pipe(at, source(at, token.at()), List.copyOf(variables), assigns, commands);
            }
            switch (token.kind()) {
                case BOOLEAN,
                        CHARACTER,
                        DOT,
                        FIELD,
                        IDENTIFIER,
                        NUMBER,
                        NIL,
                        RAW_STRING,
                        STRING,
                        VARIABLE,
                        LEFT_PAREN -> commands.add(command());
                default -> throw unexpected(take(), context);
            }
        }
    }

    /** Reads {@code $a :=}, {@code $a =} or, in a range, {@code $a, $b :=}; says whether it assigns. */
    private boolean declarations(String context, List<String> variables) throws TemplateException {
        if (!ahead().is(Kind.VARIABLE)) {
            return false;
        }
        Token second = tokens.get(next + 1);
        if (second.is(Kind.ASSIGN) || second.is(Kind.DECLARE)) {
            variables.add(take().text());
        } else if (second.is(Kind.COMMA) && context.equals("range")) {
            variables.add(take().text());
            take();
            if (!ahead().is(Kind.VARIABLE)) {
                throw error("range can only initialize variables");
            }
            variables.add(take().text());
            if (!ahead().is(Kind.ASSIGN) && !ahead().is(Kind.DECLARE)) {
                throw unexpected(ahead(), "range");
            }
        } else if (second.is(Kind.COMMA)) {
            throw error("too many declarations in " + context);
        } else {
            return false;
        }
        boolean assigns = take().is(Kind.ASSIGN);
        for (String variable : variables) {
            if (assigns) {
                checkKnown(variable);
            } else {
                scopes.element().add(variable);
            }
        }
        return assigns;
    }

    private void check(List<Node.Command> commands, String context) throws TemplateException {
        if (commands.isEmpty()) {
            throw error("missing value for " + context);
        }
        for (int i = 1; i < commands.size(); i++) {
            Node first = commands.get(i).words().get(0);
            if (first instanceof Node.Constant || first instanceof Node.Dot || first instanceof Node.NilWord) {
                throw error("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private Node.Command command() throws TemplateException {
        int at = ahead().at();
        var words = new ArrayList<Node>();
        while (true) {
            Optional<Node> operand = operand();
            operand.ifPresent(words::add);
            Token after = ahead();
            if (after.is(Kind.RIGHT_DELIMITER) || after.is(Kind.RIGHT_PAREN)) {
                break;
            }
            if (after.is(Kind.PIPE)) {
                take();
                break;
            }
            if (!after.afterSpace() || operand.isEmpty()) {
                throw unexpected(after, "operand");
            }
        }
        if (words.isEmpty()) {
            throw error("empty command");
        }
        return new Node.Command(at, source(at, end()), words);
    }

    private Optional<Node> operand() throws TemplateException {
        int at = ahead().at();
        Optional<Node> term = term();
        if (term.isEmpty() || !fieldFollows()) {
            return term;
        }
        List<String> fields = fields();
        String whole = source(at, end());
        Node node = term.get();
        if (node instanceof Node.Field field) {
            return Optional.of(new Node.Field(at, whole, joined(field.fields(), fields)));
        }
        if (node instanceof Node.Variable variable) {
            return Optional.of(new Node.Variable(at, whole, variable.name(), joined(variable.fields(), fields)));
        }
        if (node instanceof Node.Constant || node instanceof Node.NilWord || node instanceof Node.Dot) {
            throw error("unexpected . after term " + GoText.quote(source(at, at + 1)));
        }
        return Optional.of(new Node.Chain(at, whole, node, fields));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private boolean fieldFollows() {
        return ahead().is(Kind.FIELD) && !ahead().afterSpace();
    }

    private List<String> fields() {
        var fields = new ArrayList<String>();
        while (fieldFollows()) {
            fields.add(take().text().substring(1));
        }
        return List.copyOf(fields);
    }

    private Optional<Node> term() throws TemplateException {
        Token token = ahead();
        int at = token.at();
        Node node = switch (token.kind()) {
            case IDENTIFIER -> {
                if (functions.find(token.text()).isEmpty()) {
                    throw error("function " + GoText.quote(token.text()) + " not defined");
                }
                yield new Node.Function(at, token.text());
            }
            case DOT -> new Node.Dot(at);
            case NIL -> new Node.NilWord(at);
            case VARIABLE -> {
                checkKnown(token.text());
                yield new Node.Variable(at, token.text(), token.text(), List.of());
            }
            case FIELD -> new Node.Field(at, token.text(), List.of(token.text().substring(1)));
            case BOOLEAN -> new Node.Constant(at, token.text(), token.text().equals("true"));
            case NUMBER -> new Node.Constant(at, token.text(), number(token.text()));
            case CHARACTER -> new Node.Constant(at, token.text(), (long) character(token.text()));
            case STRING -> new Node.Constant(at, token.text(), unquoted(token.text()));
            case RAW_STRING ->
                new Node.Constant(
                        at, token.text(), token.text().substring(1, token.text().length() - 1));
            default -> token.is(Kind.LEFT_PAREN) ? parenthesized() : new Node.Dot(-1);
        };
        if (node.at() < 0) {
            return Optional.empty();
        }
        if (!token.is(Kind.LEFT_PAREN)) {
            take();
        }
        return Optional.of(node);
    }

    private Node parenthesized() throws TemplateException {
        take();
        return pipeline("parenthesized pipeline", Kind.RIGHT_PAREN);
    }

    private Object number(String digits) throws TemplateException {
        OptionalLong whole = GoNumber.tryParseInteger(digits);
        if (whole.isPresent()) {
            return whole.getAsLong();
        }
        OptionalDouble number = GoNumber.tryParse(digits.replace("_", ""));
        if (number.isPresent() && digits.chars().anyMatch(c -> ".eEpP".indexOf(c) >= 0)) {
            return number.getAsDouble();
        }
        throw error("integer overflow: " + GoText.quote(digits));
    }

    private int character(String quoted) throws TemplateException {
        String inner = unquoted(quoted);
        if (inner.codePointCount(0, inner.length()) != 1) {
            throw error("malformed character constant: " + quoted);
        }
        return inner.codePointAt(0);
    }

    private String unquoted(String quoted) throws TemplateException {
        try {
            return Quoted.unescape(quoted.substring(1, quoted.length() - 1));
        } catch (IllegalArgumentException e) {
            throw error("invalid syntax");
        }
    }

    private String string(String context) throws TemplateException {
        Token token = take();
        return switch (token.kind()) {
            case STRING -> unquoted(token.text());
            case RAW_STRING -> token.text().substring(1, token.text().length() - 1);
            default -> throw unexpected(token, context);
        };
    }

    private void expect(Kind kind, String context) throws TemplateException {
        Token token = take();
        if (!token.is(kind)) {
            throw unexpected(token, context);
        }
    }

    private void checkKnown(String variable) throws TemplateException {
        if (scopes.stream().noneMatch(scope -> scope.contains(variable))) {
            throw error("undefined variable " + GoText.quote(variable));
        }
    }

    private void enter() throws TemplateException {
        nested++;
        if (nested > MOST_NESTED) {
            throw error("more than " + MOST_NESTED + " levels of nesting");
        }
    }

    private String source(int from, int to) {
        return text.substring(from, to).strip();
    }

    /** Where the last token taken ends. */
    private int end() {
        Token last = tokens.get(next - 1);
        return last.is(Kind.PIPE) ? last.at() : last.at() + last.text().length();
    }

    private Token ahead() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (!token.is(Kind.END)) {
            next++;
        }
        return token;
    }

    private TemplateException unexpected(Token token, String context) {
        String extra = context.equals("operand") && (token.is(Kind.FIELD) || !token.afterSpace()) && !token.is(Kind.END)
                ? "; missing space?"
                : "";
        return error("unexpected " + token + " in " + context + extra);
    }

    private TemplateException error(String message) {
        return new TemplateException("template: " + name + ":" + ahead().line() + ": " + message);
    }
}
