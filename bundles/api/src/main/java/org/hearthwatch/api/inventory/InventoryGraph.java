package org.hearthwatch.api.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearthwatch.api.metric.Labels;

/** Entities and what they stand on, of several reports put together, within limits. Immutable. */
public final class InventoryGraph {

    /** Nothing at all. */
    public static final InventoryGraph EMPTY = of(List.of(), Limits.DEFAULT);

    private final SortedSet<Edge> edges = new TreeSet<>();
    private final Map<EntityId, Known> entities = new TreeMap<>();
    private final Map<EntityId, Set<EntityId>> below = new HashMap<>();
    private final Map<EntityId, Set<EntityId>> above = new HashMap<>();
    private final Map<Set<String>, Map<Labels, Set<EntityId>>> ties = new LinkedHashMap<>();
    private final Limits limits;
    private int refused;

    /**
     * What there may be; what is beyond is left out and counted.
     *
     * @param ties of one entity
     * @param labelLength of a value in a tie
     */
    public record Limits(int entities, int edges, int ties, int labelLength) {

        public static final Limits DEFAULT = new Limits(20_000, 60_000, 50, 1024);
    }

    /** What is known of one entity. */
    private record Known(Set<Labels> ties, SortedSet<String> origins, Set<String> idle) {

        Known() {
            this(new LinkedHashSet<>(), new TreeSet<>(), new TreeSet<>());
        }
    }

    private InventoryGraph(Limits limits) {
        this.limits = limits;
    }

    /** Puts reports together. */
    public static InventoryGraph of(Collection<InventoryReport> reports, Limits limits) {
        var graph = new InventoryGraph(limits);
        for (InventoryReport report : reports) {
            report.entities().forEach(entity -> graph.add(entity, report.origin()));
        }
        for (InventoryReport report : reports) {
            report.edges().forEach(edge -> graph.add(edge, report.origin()));
        }
        return graph;
    }

    private void add(Entity entity, String origin) {
        Optional<Known> known = known(entity.id(), origin);
        if (known.isEmpty()) {
            return;
        }
        entity.idle().ifPresent(known.get().idle()::add);
        for (Labels tie : entity.ties()) {
            if (tie.isEmpty() || known.get().ties().size() >= limits.ties() || isTooLong(tie)) {
                refused++;
            } else if (known.get().ties().add(tie)) {
                ties.computeIfAbsent(tie.asMap().keySet(), names -> new HashMap<>())
                        .computeIfAbsent(tie, labels -> new TreeSet<>())
                        .add(entity.id());
            }
        }
    }

    private boolean isTooLong(Labels tie) {
        return tie.asMap().values().stream().anyMatch(value -> value.length() > limits.labelLength());
    }

    private Optional<Known> known(EntityId id, String origin) {
        Known known = entities.get(id);
        if (known == null) {
            if (entities.size() >= limits.entities()) {
                refused++;
                return Optional.empty();
            }
            known = new Known();
            entities.put(id, known);
        }
        known.origins().add(origin);
        return Optional.of(known);
    }

    private void add(Edge edge, String origin) {
        boolean room = edges.size() < limits.edges() || edges.contains(edge);
        if (!room || edge.from().equals(edge.to())) {
            refused++;
        } else if (known(edge.from(), origin).isPresent()
                && known(edge.to(), origin).isPresent()) {
            edges.add(edge);
            below.computeIfAbsent(edge.from(), id -> new LinkedHashSet<>()).add(edge.to());
            above.computeIfAbsent(edge.to(), id -> new LinkedHashSet<>()).add(edge.from());
        }
    }

    /** All entities in order. */
    public List<Entity> entities() {
        return entities.keySet().stream().map(this::entity).toList();
    }

    public Optional<Entity> find(EntityId id) {
        return entities.containsKey(id) ? Optional.of(entity(id)) : Optional.empty();
    }

    private Entity entity(EntityId id) {
        Known known = entities.getOrDefault(id, new Known());
        return new Entity(id, known.ties(), known.idle().stream().findFirst());
    }

    /** Who reported an entity. */
    public List<String> origins(EntityId id) {
        return List.copyOf(entities.getOrDefault(id, new Known()).origins());
    }

    /** All edges in order. */
    public List<Edge> edges() {
        return List.copyOf(edges);
    }

    /** How many entities, edges and ties found no room. */
    public int refused() {
        return refused;
    }

    /**
     * What a series or an alert of these labels is about: what it is tied to, but for what any of that stands on. Usually
     * one; none if it is tied to nothing.
     */
    public Set<EntityId> about(Labels labels) {
        Set<EntityId> tied = new TreeSet<>();
        ties.forEach((names, places) -> {
            Labels part = labels.only(names);
            if (part.size() == names.size()) {
                tied.addAll(places.getOrDefault(part, Set.of()));
            }
        });
        if (tied.size() > 1) {
            Set<EntityId> beneath = new HashSet<>();
            tied.forEach(id -> supports(id).stream()
                    // Of two that stand on each other neither is beneath.
                    .filter(support -> !supports(support).contains(id))
                    .forEach(beneath::add));
            tied.removeAll(beneath);
        }
        return tied;
    }

    /** Everything an entity stands on, directly or through others, the nearest first; without itself. */
    public Set<EntityId> supports(EntityId id) {
        return reach(id, below);
    }

    /** Everything that stands on an entity, directly or through others, the nearest first; without itself. */
    public Set<EntityId> dependents(EntityId id) {
        return reach(id, above);
    }

    /** Why nobody expects an entity to work: it, or something it stands on, is idle. */
    public Optional<String> idle(EntityId id) {
        var all = new ArrayList<EntityId>();
        all.add(id);
        all.addAll(supports(id));
        return all.stream()
                .flatMap(each ->
                        entities.getOrDefault(each, new Known()).idle().stream().map(why -> each + ": " + why))
                .findFirst();
    }

    private static Set<EntityId> reach(EntityId from, Map<EntityId, Set<EntityId>> steps) {
        Set<EntityId> found = new LinkedHashSet<>();
        Deque<EntityId> open = new ArrayDeque<>(steps.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            EntityId next = open.removeFirst();
            if (!next.equals(from) && found.add(next)) {
                open.addAll(steps.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InventoryGraph graph
                && entities.equals(graph.entities)
                && edges.equals(graph.edges)
                && refused == graph.refused;
    }

    @Override
    public int hashCode() {
        return 31 * entities.hashCode() + edges.hashCode();
    }
}
