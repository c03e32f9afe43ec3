package org.hearthwatch.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;

/**
 * The routes there are now, as a tree of path segments. Looked up without a lock; a change builds a new tree, as it comes
 * with a bundle and not with a request.
 */
final class RouteTable {

    private final Map<Routes, List<Route>> owners = new LinkedHashMap<>();
    private volatile Node root = new Node();

    /**
     * Adds the routes of a service.
     *
     * @return those refused, because another service has the same method and path already
     */
    synchronized List<Route> add(Routes owner, List<Route> routes) {
        List<Route> taken = new ArrayList<>();
        List<Route> refused = new ArrayList<>();
        Node next = tree();
        for (Route route : routes) {
            (next.insert(route) ? taken : refused).add(route);
        }
        owners.put(owner, taken);
        root = next;
        return refused;
    }

    synchronized void remove(Routes owner) {
        owners.remove(owner);
        root = tree();
    }

    /** All routes served. */
    synchronized List<Route> routes() {
        return owners.values().stream().flatMap(List::stream).toList();
    }

    /** Finds the route for decoded path segments; the most specific path decides, whatever its methods. */
    Match match(Route.Method method, List<String> segments) {
        Node tree = root;
        Optional<Target> target = tree.find(segments, 0);
        Optional<Match> found = target.flatMap(
                        there -> Optional.ofNullable(there.byMethod().get(method)))
                .map(route -> new Found(route, parameters(route, segments)));
        return found.orElseGet(() -> wrongMethod(tree, target));
    }

    /** For a method that no route can have. */
    Match matchNone(List<String> segments) {
        Node tree = root;
        return wrongMethod(tree, tree.find(segments, 0));
    }

    private static Match wrongMethod(Node tree, Optional<Target> target) {
        return target.<Match>map(
                        there -> new WrongMethod(EnumSet.copyOf(there.byMethod().keySet()), there.equals(tree.rest)))
                .orElseGet(Nothing::new);
    }

    private Node tree() {
        var fresh = new Node();
        owners.values().forEach(routes -> routes.forEach(fresh::insert));
        return fresh;
    }

    private static Map<String, String> parameters(Route route, List<String> segments) {
        List<String> pattern = pattern(route);
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            if (isRest(part)) {
                values.put(
                        part.substring(1, part.length() - 4), String.join("/", segments.subList(i, segments.size())));
            } else if (isPlaceholder(part)) {
                values.put(part.substring(1, part.length() - 1), segments.get(i));
            }
        }
        return values;
    }

    private static List<String> pattern(Route route) {
        return List.of(route.path().substring(1).split("/", -1));
    }

    private static boolean isPlaceholder(String part) {
        return part.startsWith("{");
    }

    private static boolean isRest(String part) {
        return part.endsWith("...}");
    }

    /** What a look-up gives. */
    sealed interface Match {}

    /** @param parameters what stood in the placeholders */
    record Found(Route route, Map<String, String> parameters) implements Match {}

    /**
     * There is something at this path, but not for this method.
     *
     * @param everywhere whether it is what stands at every path that has nothing of its own
     */
    record WrongMethod(Set<Route.Method> allowed, boolean everywhere) implements Match {}

    /** There is nothing at this path. */
    record Nothing() implements Match {}

    /** The routes that share one path. */
    private record Target(Map<Route.Method, Route> byMethod) {
        Target() {
            this(new EnumMap<>(Route.Method.class));
        }
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private Optional<Node> placeholder = Optional.empty();
        private final Target here = new Target();
        private final Target rest = new Target();

        private boolean insert(Route route) {
            Node node = this;
            for (String part : pattern(route)) {
                if (isRest(part)) {
                    return node.rest.byMethod().putIfAbsent(route.method(), route) == null;
                }
                node = isPlaceholder(part) ? node.placeholder() : node.literals.computeIfAbsent(part, p -> new Node());
            }
            return node.here.byMethod().putIfAbsent(route.method(), route) == null;
        }

        private Node placeholder() {
            Node node = placeholder.orElseGet(Node::new);
            placeholder = Optional.of(node);
            return node;
        }

        private Optional<Target> find(List<String> segments, int at) {
            if (at == segments.size()) {
                return Optional.of(here).filter(target -> !target.byMethod().isEmpty());
            }
            String segment = segments.get(at);
            return Optional.ofNullable(literals.get(segment))
                    .flatMap(node -> node.find(segments, at + 1))
                    .or(() ->
                            placeholder.filter(node -> !segment.isEmpty()).flatMap(node -> node.find(segments, at + 1)))
                    .or(() -> Optional.of(rest)
                            .filter(target -> !target.byMethod().isEmpty()));
        }
    }
}
