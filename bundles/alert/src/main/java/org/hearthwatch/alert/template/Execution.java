package org.hearthwatch.alert.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.hearthwatch.alert.text.GoText;

/**
 * One expansion of a template. Follows Go's {@code text/template}, messages included; a key that is missing counts as the
 * zero value of its map, as Prometheus and Alertmanager set it. Not thread-safe.
 */
final class Execution {

    /** A variable; assignments change it in place. */
    static final class Binding {

        private final String name;
        private Object value;

        Binding(String name, Object value) {
            this.name = name;
            this.value = value;
        }
    }

    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Map<String, Template.Source> templates;
    private final Functions functions;
    private final Bounds bounds;
    private final LongSupplier nanoTime;
    private final boolean html;
    private final long began;
    private final StringBuilder out = new StringBuilder();
    private List<Binding> scope = new ArrayList<>();
    private Template.Source source;
    private int depth;
    private int steps;

    /** @param html whether what is filled in is escaped, but for what is {@link SafeHtml} */
    Execution(
            Map<String, Template.Source> templates,
            Functions functions,
            Bounds bounds,
            LongSupplier nanoTime,
            boolean html) {
        this.templates = templates;
        this.functions = functions;
        this.bounds = bounds;
        this.nanoTime = nanoTime;
        this.html = html;
        this.began = nanoTime.getAsLong();
        this.source = new Template.Source(new Node.Block(0, List.of()), "", "");
    }

    String run(String name, Object dot, List<Binding> variables) throws TemplateException {
        source = Optional.ofNullable(templates.get(name)).orElse(source);
        scope = new ArrayList<>(variables);
        scope.add(0, new Binding("$", dot));
        walk(dot, source.body());
        return out.toString();
    }

    private Flow walk(Object dot, Node.Block block) throws TemplateException {
        int mark = scope.size();
        for (Node node : block.nodes()) {
            step(node);
            Flow flow = walk(dot, node);
            if (flow != Flow.ON) {
                leave(mark);
                return flow;
            }
        }
        leave(mark);
        return Flow.ON;
    }

    private Flow walk(Object dot, Node node) throws TemplateException {
        if (node instanceof Node.Text text) {
            write(node, text.text());
        } else if (node instanceof Node.Action action) {
            Object value = pipeline(dot, action.pipe());
            if (action.pipe().variables().isEmpty()) {
                String shown = value == Nil.NIL ? "<no value>" : Values.print(value);
                write(node, html && !(value instanceof SafeHtml) ? Builtins.html(shown) : shown);
            }
        } else if (node instanceof Node.If choice) {
            return choose(dot, choice.condition(), choice.then(), choice.otherwise(), false);
        } else if (node instanceof Node.With with) {
            return choose(dot, with.value(), with.then(), with.otherwise(), true);
        } else if (node instanceof Node.Range range) {
            return loop(dot, range);
        } else if (node instanceof Node.Call call) {
            call(dot, call);
        } else if (node instanceof Node.Break) {
            return Flow.BREAK;
        } else if (node instanceof Node.Continue) {
            return Flow.CONTINUE;
        }
        return Flow.ON;
    }

    private Flow choose(Object dot, Node.Pipe pipe, Node.Block then, Optional<Node.Block> otherwise, boolean moves)
            throws TemplateException {
        int mark = scope.size();
        Object value = pipeline(dot, pipe);
        Flow flow = Flow.ON;
        if (Values.isTrue(value)) {
            flow = walk(moves ? value : dot, then);
        } else if (otherwise.isPresent()) {
            flow = walk(dot, otherwise.get());
        }
        leave(mark);
        return flow;
    }

    private Flow loop(Object dot, Node.Range range) throws TemplateException {
        int mark = scope.size();
        Object value = pipeline(dot, range.value());
        List<Map.Entry<Object, Object>> rounds = rounds(range, value);
        if (rounds.isEmpty() && range.otherwise().isPresent()) {
            leave(mark);
            return walk(dot, range.otherwise().get());
        }
        int inner = scope.size();
        for (Map.Entry<Object, Object> round : rounds) {
            step(range);
            bind(range, round);
            Flow flow = walk(round.getValue(), range.body());
            leave(inner);
            if (flow == Flow.BREAK) {
                break;
            }
        }
        leave(mark);
        return Flow.ON;
    }

    private void bind(Node.Range range, Map.Entry<Object, Object> round) throws TemplateException {
        List<String> variables = range.value().variables();
        boolean assigns = range.value().assigns();
        if (variables.size() == 1) {
            set(range, variables.get(0), round.getValue(), assigns);
        } else if (variables.size() == 2) {
            set(range, variables.get(0), round.getKey(), assigns);
            set(range, variables.get(1), round.getValue(), assigns);
        }
    }

    private List<Map.Entry<Object, Object>> rounds(Node.Range range, Object value) throws TemplateException {
        var rounds = new ArrayList<Map.Entry<Object, Object>>();
        if (value instanceof List<?> list) {
            for (Object element : list) {
                rounds.add(Map.entry((long) rounds.size(), element));
            }
        } else if (value instanceof Map<?, ?> map) {
            new TreeMap<Object, Object>(map).forEach((key, element) -> rounds.add(Map.entry(key, element)));
        } else if (value instanceof Long count) {
            if (count > bounds.steps()) {
                throw error(range, range.value().text(), "a loop of more than " + bounds.steps() + " rounds");
            }
            for (long i = 0; i < count; i++) {
                rounds.add(Map.entry(i, i));
            }
        } else if (value != Nil.NIL) {
            throw error(range, range.value().text(), "range can't iterate over " + Values.print(value));
        }
        return rounds;
    }

    private void call(Object dot, Node.Call call) throws TemplateException {
        Template.Source called = templates.get(call.template());
        if (called == null) {
            throw error(
                    call,
                    "{{template " + GoText.quote(call.template()) + "}}",
                    "template " + GoText.quote(call.template()) + " not defined");
        }
        if (depth >= bounds.depth()) {
            throw error(
                    call,
                    "{{template " + GoText.quote(call.template()) + "}}",
                    "exceeded maximum template depth (" + bounds.depth() + ")");
        }
        Object value = call.value().isPresent() ? pipeline(dot, call.value().get()) : Nil.NIL;
        List<Binding> outerScope = scope;
        Template.Source outerSource = source;
        depth++;
        scope = new ArrayList<>(List.of(new Binding("$", value)));
        source = called;
        walk(value, called.body());
        source = outerSource;
        scope = outerScope;
        depth--;
    }

    private Object pipeline(Object dot, Node.Pipe pipe) throws TemplateException {
        Optional<Object> value = Optional.empty();
        for (Node.Command command : pipe.commands()) {
            step(command);
            value = Optional.of(command(dot, command, value));
        }
        Object result = value.orElse(Nil.NIL);
        // The variables of a range are set anew in each round instead.
        if (pipe.variables().size() == 1) {
            set(pipe, pipe.variables().get(0), result, pipe.assigns());
        } else {
            for (String variable : pipe.assigns() ? List.<String>of() : pipe.variables()) {
                scope.add(new Binding(variable, result));
            }
        }
        return result;
    }

    private void set(Node node, String name, Object value, boolean assigns) throws TemplateException {
        if (assigns) {
            find(node, name).value = value;
        } else {
            scope.add(new Binding(name, value));
        }
    }

    private Binding find(Node node, String name) throws TemplateException {
        for (int i = scope.size() - 1; i >= 0; i--) {
            if (scope.get(i).name.equals(name)) {
                return scope.get(i);
            }
        }
        throw error(node, name, "undefined variable: " + name);
    }

    private Object command(Object dot, Node.Command command, Optional<Object> last) throws TemplateException {
        Node first = command.words().get(0);
        List<Node> rest = command.words().subList(1, command.words().size());
        if (first instanceof Node.Function function) {
            return function(dot, command, function, rest, last);
        }
        if (first instanceof Node.Field field) {
            return members(field, field.text(), dot, field.fields(), arguments(dot, rest, last));
        }
        if (first instanceof Node.Variable variable) {
            Object value = find(variable, variable.name()).value;
            if (variable.fields().isEmpty()) {
                noArguments(command, first, rest, last);
                return value;
            }
            return members(variable, variable.text(), value, variable.fields(), arguments(dot, rest, last));
        }
        if (first instanceof Node.Chain chain) {
            return members(chain, chain.text(), value(dot, chain.value()), chain.fields(), arguments(dot, rest, last));
        }
        noArguments(command, first, rest, last);
        if (first instanceof Node.NilWord) {
            throw error(first, "nil", "nil is not a command");
        }
        return value(dot, first);
    }

    private void noArguments(Node.Command command, Node first, List<Node> rest, Optional<Object> last)
            throws TemplateException {
        if (!rest.isEmpty() || last.isPresent()) {
            String word = rest.isEmpty()
                    ? command.text()
                    : source.text().substring(first.at(), rest.get(0).at()).strip();
            throw error(first, command.text(), "can't give argument to non-function " + word);
        }
    }

    private Object value(Object dot, Node node) throws TemplateException {
        if (node instanceof Node.Dot) {
            return dot;
        }
        if (node instanceof Node.NilWord) {
            return Nil.NIL;
        }
        if (node instanceof Node.Constant constant) {
            return constant.value();
        }
        if (node instanceof Node.Pipe pipe) {
            return pipeline(dot, pipe);
        }
        if (node instanceof Node.Function function) {
            var alone = new Node.Command(function.at(), function.name(), List.of(function));
            return function(dot, alone, function, List.of(), Optional.empty());
        }
        if (node instanceof Node.Field field) {
            return members(field, field.text(), dot, field.fields(), List.of());
        }
        if (node instanceof Node.Variable variable) {
            return members(
                    variable, variable.text(), find(variable, variable.name()).value, variable.fields(), List.of());
        }
        if (node instanceof Node.Chain chain) {
            return members(chain, chain.text(), value(dot, chain.value()), chain.fields(), List.of());
        }
        throw error(node, "", "can't handle it");
    }

    private List<Object> arguments(Object dot, List<Node> words, Optional<Object> last) throws TemplateException {
        var values = new ArrayList<Object>();
        for (Node word : words) {
            values.add(value(dot, word));
        }
        last.ifPresent(values::add);
        return values;
    }

    private Object members(Node node, String text, Object receiver, List<String> names, List<Object> arguments)
            throws TemplateException {
        Object value = receiver;
        for (int i = 0; i < names.size(); i++) {
            List<Object> given = i == names.size() - 1 ? arguments : List.of();
            value = member(node, text, value, names.get(i), given);
        }
        return value;
    }

    private Object member(Node node, String text, Object receiver, String name, List<Object> arguments)
            throws TemplateException {
        if (receiver instanceof Members members) {
            Optional<Object> found;
            try {
                found = members.member(name, arguments);
            } catch (TemplateException e) {
                throw error(node, text, "error calling " + name + ": " + e.reason());
            }
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (receiver instanceof Map<?, ?> map) {
            if (!arguments.isEmpty()) {
                throw error(node, text, name + " is not a method but has arguments");
            }
            Object found = map.get(name);
            return found == null ? Nil.NIL : found;
        }
        throw error(
                node,
                text,
                receiver == Nil.NIL
                        ? "nil pointer evaluating interface {}." + name
                        : "can't evaluate field " + name + " in type " + Values.typeName(receiver));
    }

    private Object function(
            Object dot, Node.Command command, Node.Function function, List<Node> words, Optional<Object> last)
            throws TemplateException {
        String name = function.name();
        Functions.Entry entry = functions
                .find(name)
                .orElseThrow(() -> error(function, name, GoText.quote(name) + " is not a defined function"));
        int given = words.size() + (last.isPresent() ? 1 : 0);
        if (given < entry.least() || given > entry.most()) {
            String wanted = entry.most() == entry.least()
                    ? Integer.toString(entry.least())
                    : given < entry.least() ? "at least " + entry.least() : "at most " + entry.most();
            throw error(function, name, "wrong number of args for " + name + ": want " + wanted + " got " + given);
        }
        if (name.equals("and") || name.equals("or")) {
            return shortCut(dot, words, last, name.equals("or"));
        }
        List<Object> values = arguments(dot, words, last);
        Object result;
        try {
            result = entry.body().call(new Arguments(name, values));
        } catch (TemplateException e) {
            throw error(function, command.text(), "error calling " + name + ": " + e.reason());
        }
        if (result instanceof String text && text.length() > bounds.output()) {
            throw error(function, name, "a text of more than " + bounds.output() + " characters");
        }
        return result;
    }

    private Object shortCut(Object dot, List<Node> words, Optional<Object> last, boolean until)
            throws TemplateException {
        Object value = Nil.NIL;
        for (Node word : words) {
            value = value(dot, word);
            if (Values.isTrue(value) == until) {
                return value;
            }
        }
        return last.orElse(value);
    }

    private void write(Node node, String text) throws TemplateException {
        if (out.length() + text.length() > bounds.output()) {
            throw error(node, "", "more than " + bounds.output() + " characters of output");
        }
        out.append(text);
    }

    private void leave(int mark) {
        scope.subList(mark, scope.size()).clear();
    }

    private void step(Node node) throws TemplateException {
        steps++;
        if (steps > bounds.steps()) {
            throw error(node, "", "more than " + bounds.steps() + " steps");
        }
        if (steps % 64 == 0 && nanoTime.getAsLong() - began > bounds.time().toNanos()) {
            throw error(node, "", "more than " + bounds.time().toSeconds() + " s");
        }
    }

    private TemplateException error(Node node, String context, String message) {
        String before =
                source.text().substring(0, Math.min(node.at(), source.text().length()));
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = before.length() - 1 - before.lastIndexOf('\n');
        return new TemplateException("template: " + source.name() + ":" + line + ":" + column + ": executing "
                + GoText.quote(source.name()) + (context.isEmpty() ? "" : " at <" + context + ">") + ": " + message);
    }
}
