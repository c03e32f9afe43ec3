package org.hearthwatch.alert.template;

import java.util.List;
import java.util.Optional;

/** A part of a template that was read. {@code at} is the place of its first character. */
sealed interface Node {

    int at();

    /** Text and actions in a row. */
    record Block(int at, List<Node> nodes) implements Node {}

    record Text(int at, String text) implements Node {}

    record Action(int at, Pipe pipe) implements Node {}

    record If(int at, Pipe condition, Block then, Optional<Block> otherwise) implements Node {}

    record With(int at, Pipe value, Block then, Optional<Block> otherwise) implements Node {}

    record Range(int at, Pipe value, Block body, Optional<Block> otherwise) implements Node {}

    record Break(int at) implements Node {}

    record Continue(int at) implements Node {}

    record Call(int at, String template, Optional<Pipe> value) implements Node {}

    /** Commands, each of which gets the result of the one before as its last argument. */
    record Pipe(int at, String text, List<String> variables, boolean assigns, List<Command> commands) implements Node {}

    /** A function or method with its arguments, or a value alone. */
    record Command(int at, String text, List<Node> words) implements Node {}

    record Function(int at, String name) implements Node {}

    record Dot(int at) implements Node {}

    record NilWord(int at) implements Node {}

    record Constant(int at, String text, Object value) implements Node {}

    /** A variable with fields behind it. */
    record Variable(int at, String text, String name, List<String> fields) implements Node {}

    /** Fields of dot. */
    record Field(int at, String text, List<String> fields) implements Node {}

    /** Fields of something else. */
    record Chain(int at, String text, Node value, List<String> fields) implements Node {}
}
