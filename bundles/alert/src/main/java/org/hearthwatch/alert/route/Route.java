package org.hearthwatch.alert.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hearthwatch.alert.config.RouteConfig;
import org.hearthwatch.alert.matching.LabelMatchers;
import org.hearthwatch.api.metric.Labels;

/** A node of the routing tree. Immutable. */
public final class Route {

    private final String key;
    private final String id;
    private final int depth;
    private final RouteOptions options;
    private final LabelMatchers matchers;
    private final boolean continues;
    private final List<Route> routes;

    private Route(String key, String id, int depth, RouteConfig config, RouteOptions options) {
        this.key = key;
        this.id = id;
        this.depth = depth;
        this.options = options;
        this.matchers = config.matchers();
        this.continues = config.continues();
        var children = new ArrayList<Route>();
        for (RouteConfig child : config.routes()) {
            children.add(new Route(
                    key + "/" + child.matchers(),
                    id + "/" + child.matchers() + "/" + children.size(),
                    depth + 1,
                    child,
                    options.under(child)));
        }
        this.routes = List.copyOf(children);
    }

    /** The whole tree. */
    public static Route root(RouteConfig config) {
        return root(config, RouteOptions.DEFAULT);
    }

    /** The whole tree, with other defaults than Alertmanager's. */
    public static Route root(RouteConfig config, RouteOptions defaults) {
        String key = config.matchers().toString();
        return new Route(key, key, 0, config, defaults.under(config));
    }

    /** The matchers from the root to here, as Alertmanager writes them; two routes may have the same. */
    public String key() {
        return key;
    }

    /** Like the key, and unique within the tree. */
    public String id() {
        return id;
    }

    /** How far from the root, which is 0. */
    public int depth() {
        return depth;
    }

    public RouteOptions options() {
        return options;
    }

    public LabelMatchers matchers() {
        return matchers;
    }

    /** Whether its siblings are asked too when it has matched. */
    public boolean continues() {
        return continues;
    }

    /** The routes an alert goes to, in the order of the file. */
    public List<Route> match(Labels labels) {
        return match(labels, (route, matches) -> {});
    }

    /** As {@link #match(Labels)}, telling of every node that was asked and whether it matched. */
    public List<Route> match(Labels labels, BiConsumer<Route, Boolean> asked) {
        boolean matches = matchers.matches(labels);
        asked.accept(this, matches);
        if (!matches) {
            return List.of();
        }
        var all = new ArrayList<Route>();
        for (Route child : routes) {
            List<Route> found = child.match(labels, asked);
            all.addAll(found);
            if (!found.isEmpty() && !child.continues) {
                break;
            }
        }
        return all.isEmpty() ? List.of(this) : all;
    }

    /** Shows every node, parents first. */
    public void walk(Consumer<Route> visitor) {
        visitor.accept(this);
        routes.forEach(child -> child.walk(visitor));
    }

    /** The labels an alert is grouped by here. */
    public Labels groupLabels(Labels labels) {
        return options.groupByAll() ? labels : labels.only(options.groupBy());
    }
}
