package org.hearthwatch.alert.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.metric.Labels;

/**
 * Holds alerts against the inventory: what is only the consequence of something that is down is folded under that. A
 * consequence that comes first is held for a short time if there is a sign that its cause is on its way: a rule about
 * something beneath it is pending, another thing that stands on the same fails at the same time, or its cause has just gone.
 * Knows as many alerts as it is told of and not told to forget. Not thread-safe.
 */
public final class Causes {

    /** Pending alerts are asked for no oftener. */
    private static final Duration PENDING_HOLDS = Duration.ofSeconds(1);

    private final Supplier<InventoryGraph> inventory;
    private final Supplier<Collection<ActiveAlert>> pending;
    private final Map<Labels, Known> alerts = new LinkedHashMap<>();
    private final Map<EntityId, Map<Labels, Known>> about = new HashMap<>();
    private final Map<EntityId, Map<Labels, Known>> above = new HashMap<>();
    private InventoryGraph graph = InventoryGraph.EMPTY;
    private Set<EntityId> doubtful = Set.of();
    private Instant asked = Instant.MIN;

    /**
     * An alert.
     *
     * @param came when this time of its firing was heard of first
     */
    private record Known(HeldAlert alert, Instant came, Place place) {

        boolean fires(Instant now) {
            return !alert.isResolved(now);
        }

        boolean isDown() {
            return Down.isSaidBy(alert.labels(), alert.annotations());
        }
    }

    /** Knows of no inventory. */
    public static Causes none() {
        return new Causes(() -> InventoryGraph.EMPTY, List::of);
    }

    /** @param pending the alerts of rules that may fire soon */
    public Causes(Supplier<InventoryGraph> inventory, Supplier<Collection<ActiveAlert>> pending) {
        this.inventory = inventory;
        this.pending = pending;
    }

    /** Takes news of an alert. */
    public void update(HeldAlert alert, Instant now) {
        follow();
        Known before = alerts.get(alert.labels());
        Instant came = before != null && before.fires(now) ? before.came() : now;
        Place place = before != null ? before.place() : Place.of(alert.labels(), graph);
        put(new Known(alert, came, place));
    }

    /** Forgets alerts that are over, once nothing is held for their sake. */
    public void collectGarbage(Instant now, Duration wait) {
        List<Known> over = alerts.values().stream()
                .filter(known -> known.alert().isResolved(now.minus(wait)))
                .toList();
        for (Known known : over) {
            Labels labels = known.alert().labels();
            alerts.remove(labels);
            known.place().all().forEach(id -> {
                forget(about, id, labels);
                forget(above, id, labels);
            });
        }
    }

    private static void forget(Map<EntityId, Map<Labels, Known>> index, EntityId id, Labels labels) {
        index.computeIfPresent(id, (key, known) -> {
            known.remove(labels);
            return known.isEmpty() ? null : known;
        });
    }

    private void put(Known known) {
        Labels labels = known.alert().labels();
        alerts.put(labels, known);
        known.place()
                .about()
                .forEach(id ->
                        about.computeIfAbsent(id, key -> new LinkedHashMap<>()).put(labels, known));
        known.place()
                .beneath()
                .forEach(id ->
                        above.computeIfAbsent(id, key -> new LinkedHashMap<>()).put(labels, known));
    }

    /** Places everything anew when the inventory is another. */
    @SuppressWarnings("ReferenceEquality") // each change makes another graph, and this is asked often
    private void follow() {
        InventoryGraph current = inventory.get();
        if (current == graph) {
            return;
        }
        graph = current;
        asked = Instant.MIN;
        about.clear();
        above.clear();
        List.copyOf(alerts.values())
                .forEach(known -> put(new Known(
                        known.alert(), known.came(), Place.of(known.alert().labels(), graph))));
    }

    /**
     * What becomes of an alert that was told to {@link #update}.
     *
     * @param wait how long a consequence is held for its cause
     */
    public Verdict judge(HeldAlert alert, Instant now, Duration wait) {
        follow();
        Known known = alerts.get(alert.labels());
        if (known == null || known.place().about().isEmpty()) {
            return Verdict.TELL;
        }
        Optional<String> idle = known.place().idle();
        if (idle.isPresent()) {
            return new Verdict.Idle(idle.get());
        }
        return causes(known)
                .filter(cause -> cause.fires(now))
                .min(Comparator.comparing(cause -> cause.alert().startsAt()))
                .<Verdict>map(cause -> new Verdict.Folded(cause.alert()))
                .orElseGet(() -> held(known, now, wait));
    }

    /** What says that something is down which an alert stands on, or that it is itself about, if it does not say so itself. */
    private Stream<Known> causes(Known known) {
        Stream<EntityId> where = known.isDown()
                ? known.place().beneath().stream()
                : known.place().all();
        return where.flatMap(id -> about.getOrDefault(id, Map.of()).values().stream())
                .filter(Known::isDown)
                // Of two that stand on each other both are told.
                .filter(cause -> Collections.disjoint(
                        cause.place().beneath(), known.place().about()));
    }

    private Verdict held(Known known, Instant now, Duration wait) {
        Optional<Instant> gone = causes(known)
                .map(cause -> cause.alert().endsAt())
                .max(Comparator.naturalOrder())
                .map(end -> end.plus(wait))
                .filter(now::isBefore);
        if (gone.isPresent()) {
            return new Verdict.Held(gone.get());
        }
        Instant until = known.came().plus(wait);
        boolean waits = now.isBefore(until)
                && known.place().beneath().stream()
                        .anyMatch(id -> isDoubtful(id, now) || isBurst(id, known, now.minus(wait)));
        return waits ? new Verdict.Held(until) : Verdict.TELL;
    }

    /** Whether a rule that would say that something is down is pending. */
    private boolean isDoubtful(EntityId id, Instant now) {
        if (!now.isBefore(asked.plus(PENDING_HOLDS))) {
            asked = now;
            doubtful = pending.get().stream()
                    .filter(alert -> Down.isSaidBy(alert.labels(), alert.annotations()))
                    .flatMap(alert -> graph.about(alert.labels()).stream())
                    .collect(Collectors.toSet());
        }
        return doubtful.contains(id);
    }

    /** Whether something else that stands on the same, and not on what fails here, began to fail lately. */
    private boolean isBurst(EntityId id, Known known, Instant since) {
        return above.getOrDefault(id, Map.of()).values().stream()
                .filter(other -> other.came().isAfter(since))
                .filter(other -> !other.place().about().equals(known.place().about()))
                .anyMatch(other -> Collections.disjoint(
                        other.place().beneath(), known.place().about()));
    }

    /** The firing alerts that are folded under one, in the order of messages; none if it does not say that something is down. */
    public List<HeldAlert> consequences(HeldAlert cause, Instant now) {
        Known known = alerts.get(cause.labels());
        if (known == null || !known.isDown()) {
            return List.of();
        }
        return known.place().about().stream()
                .flatMap(id -> Stream.concat(
                        above.getOrDefault(id, Map.of()).values().stream(),
                        about.getOrDefault(id, Map.of()).values().stream().filter(other -> !other.isDown())))
                .filter(other -> other.fires(now))
                .map(Known::alert)
                .distinct()
                .sorted(HeldAlert.ORDER)
                .toList();
    }

    /** Whether an alert is about anything in the inventory. */
    public boolean isPlaced(HeldAlert alert) {
        Known known = alerts.get(alert.labels());
        return known != null && !known.place().about().isEmpty();
    }

    /** The names of everything an alert is about and that stands on, for silences of entities. */
    public static Set<String> names(Labels labels, InventoryGraph graph) {
        return Place.of(labels, graph).all().map(EntityId::toString).collect(Collectors.toSet());
    }
}
