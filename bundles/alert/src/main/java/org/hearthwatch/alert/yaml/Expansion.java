package org.hearthwatch.alert.yaml;

import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** How much a document is once every alias is written out: a few lines can stand for more than any memory holds. */
final class Expansion {

    private static final long MOST_NODES = 1_000_000;
    private static final long WITHOUT_END = -1;

    private final IdentityHashMap<Node, Long> counted = new IdentityHashMap<>();

    private Expansion() {}

    /** Why a document is too much; empty for one that is not. */
    static Optional<String> problem(Node root) {
        long nodes = new Expansion().count(root);
        if (nodes == WITHOUT_END) {
            return Optional.of("an alias stands within what it stands for");
        }
        return nodes > MOST_NODES
                ? Optional.of("its aliases stand for more than " + MOST_NODES + " values")
                : Optional.empty();
    }

    private long count(Node node) {
        Long known = counted.get(node);
        if (known != null) {
            return known;
        }
        // What is met again while it is being counted contains itself.
        counted.put(node, WITHOUT_END);
        long nodes = 1;
        for (Node part : (Iterable<Node>) parts(node)::iterator) {
            long more = count(part);
            if (more == WITHOUT_END) {
                return WITHOUT_END;
            }
            nodes = Math.min(nodes + more, MOST_NODES + 1);
        }
        counted.put(node, nodes);
        return nodes;
    }

    private static Stream<Node> parts(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream().flatMap(pair -> Stream.of(pair.getKeyNode(), pair.getValueNode()));
        }
        return node instanceof SequenceNode sequence ? sequence.getValue().stream() : Stream.empty();
    }
}
