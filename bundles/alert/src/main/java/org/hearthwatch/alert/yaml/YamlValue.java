package org.hearthwatch.alert.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value of a YAML document, not yet known to be of any type. */
public record YamlValue(Node node) {

    /** How many characters of a value a message shows. */
    private static final int SHOWN = 10;

    public Problem.Place place() {
        Optional<Mark> mark = node.getStartMark();
        return mark.map(start -> new Problem.Place(start.getLine() + 1, start.getColumn() + 1))
                .orElse(Problem.Place.START);
    }

    /** Whether nothing stands there, or the word {@code null}. */
    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** Whether it is a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether it is a mapping without entries. */
    public boolean isEmptyMapping() {
        return node instanceof MappingNode mapping && mapping.getValue().isEmpty();
    }

    /** The text as written, if it is a single value. */
    public Optional<String> scalar() {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** As a message names it: its type and the beginning of its text. */
    String shown() {
        if (node instanceof MappingNode) {
            return "!!map";
        }
        if (node instanceof SequenceNode) {
            return "!!seq";
        }
        String tag = node.getTag().getValue().replace("tag:yaml.org,2002:", "!!");
        String text = scalar().orElse("");
        return tag + " `" + (text.length() > SHOWN ? text.substring(0, 7) + "..." : text) + "`";
    }
}
