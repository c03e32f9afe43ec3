package org.hearthwatch.shell;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.inventory.Edge;
import org.hearthwatch.api.inventory.Entity;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.EntityKind;
import org.hearthwatch.api.inventory.Inventory;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Table;

/** {@code hw:inventory-list} and {@code hw:inventory-show}. */
final class InventoryCommands {

    static final String ENTITY = "ENTITY";
    static final String ENTITY_HELP = "The thing, as in hw:inventory-list, such as host/nas";

    private static final String KIND = "--kind";
    private static final String THE_INVENTORY = "the inventory";

    private final Services services;

    InventoryCommands(Services services) {
        this.services = services;
    }

    List<ShellCommand> all() {
        return List.of(
                new ShellCommand(
                        Syntax.of("inventory-list", "Lists what there is and what it stands on")
                                .option(
                                        KIND,
                                        "KIND",
                                        "Only things of this kind, such as host",
                                        () -> Arrays.stream(EntityKind.values())
                                                .map(kind -> new Suggestion(kind.word(), ""))
                                                .toList())
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of("inventory-show", "Shows a thing, what it stands on and what stands on it")
                                .argument(ENTITY, ENTITY_HELP, entities(services))
                                .json(),
                        this::show));
    }

    /** The names of all things. */
    static Completion entities(Services services) {
        return () ->
                services.find(Inventory.class).map(Inventory::graph).orElse(InventoryGraph.EMPTY).entities().stream()
                        .map(entity -> new Suggestion(entity.id().toString(), ""))
                        .toList();
    }

    /** The thing a call names. */
    static Entity entity(Services services, Call call) throws CommandFailure {
        String name = call.arguments().get(ENTITY);
        Optional<EntityId> id;
        try {
            id = Optional.of(EntityId.parse(name));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        InventoryGraph graph = services.need(Inventory.class, THE_INVENTORY).graph();
        return id.flatMap(graph::find)
                .orElseThrow(
                        () -> new CommandFailure("There is no " + name + "; hw:inventory-list shows what there is"));
    }

    private int list(Call call) throws CommandFailure {
        InventoryGraph graph = services.need(Inventory.class, THE_INVENTORY).graph();
        Optional<String> kind = call.arguments().find(KIND);
        if (kind.isPresent() && EntityKind.of(kind.get()).isEmpty()) {
            throw new CommandFailure("There is no kind " + kind.get());
        }
        List<Entity> entities = graph.entities().stream()
                .filter(entity -> kind.isEmpty() || entity.id().kind().word().equals(kind.get()))
                .toList();
        if (call.json()) {
            call.screen().line(Json.array(entities, (json, entity) -> write(json, graph, entity)));
            return ShellCommand.OK;
        }
        var table = new Table("ENTITY", "STANDS ON", "BENEATH", "IDLE", "FROM");
        for (Entity entity : entities) {
            table.row(
                    entity.id().toString(),
                    edges(graph, entity.id()).stream()
                            .map(edge -> edge.kind().word() + " " + edge.to())
                            .collect(Collectors.joining(", ")),
                    Integer.toString(graph.dependents(entity.id()).size()),
                    entity.idle().orElse(""),
                    String.join(", ", graph.origins(entity.id())));
        }
        call.screen()
                .table(
                        table,
                        "The inventory knows of nothing yet. It reads the series of well-known exporters, and"
                                + " etc/inventory.yml.");
        return ShellCommand.OK;
    }

    private static List<Edge> edges(InventoryGraph graph, EntityId from) {
        return graph.edges().stream().filter(edge -> edge.from().equals(from)).toList();
    }

    private static void write(Json json, InventoryGraph graph, Entity entity) {
        json.field("entity", entity.id().toString())
                .field("kind", entity.id().kind().word())
                .field("name", entity.id().name())
                .strings(
                        "match",
                        entity.ties().stream().map(Labels::toString).sorted().toList())
                .array(
                        "standsOn",
                        edges(graph, entity.id()),
                        (each, edge) -> each.field("kind", edge.kind().word())
                                .field("entity", edge.to().toString()))
                .strings("dependents", names(graph.dependents(entity.id())))
                .field("idle", entity.idle())
                .strings("from", graph.origins(entity.id()));
    }

    private static List<String> names(Set<EntityId> ids) {
        return ids.stream().map(EntityId::toString).sorted().toList();
    }

    private int show(Call call) throws CommandFailure {
        Entity entity = entity(services, call);
        InventoryGraph graph = services.need(Inventory.class, THE_INVENTORY).graph();
        List<DeskAlert> alerts = services.find(AlertDesk.class).map(AlertDesk::alerts).orElse(List.of()).stream()
                .filter(alert -> graph.about(alert.labels()).contains(entity.id()))
                .toList();
        if (call.json()) {
            call.screen().line(Json.object(json -> {
                write(json, graph, entity);
                json.strings("supports", names(graph.supports(entity.id())))
                        .strings(
                                "alerts",
                                alerts.stream().map(DeskAlert::fingerprint).toList());
            }));
            return ShellCommand.OK;
        }
        call.screen().foreign(entity.id().toString());
        graph.idle(entity.id()).ifPresent(why -> call.screen().foreign("Idle: " + why));
        call.screen().foreign("Known from " + String.join(", ", graph.origins(entity.id())));
        entity.ties().stream()
                .map(Labels::toString)
                .sorted()
                .forEach(tie -> call.screen().foreign("Alerts and series with " + tie));
        alerts.forEach(alert -> call.screen().foreign("Alert " + alert.labels()));
        call.screen().line("Stands on:");
        tree(call, graph, entity.id(), true);
        call.screen().line("On it stands:");
        tree(call, graph, entity.id(), false);
        return ShellCommand.OK;
    }

    private record Branch(int depth, EntityId id, String kind) {}

    private static void tree(Call call, InventoryGraph graph, EntityId root, boolean down) {
        Set<EntityId> shown = new HashSet<>(Set.of(root));
        Deque<Branch> open = new ArrayDeque<>(branches(graph, root, down, 1));
        if (open.isEmpty()) {
            call.screen().line("  nothing that is known");
        }
        while (!open.isEmpty()) {
            Branch branch = open.removeFirst();
            call.screen().foreign("  ".repeat(branch.depth()) + branch.id() + " (" + branch.kind() + ")");
            if (shown.add(branch.id())) {
                List<Branch> next = branches(graph, branch.id(), down, branch.depth() + 1);
                for (int i = next.size() - 1; i >= 0; i--) {
                    open.addFirst(next.get(i));
                }
            }
        }
    }

    private static List<Branch> branches(InventoryGraph graph, EntityId id, boolean down, int depth) {
        return graph.edges().stream()
                .filter(edge -> (down ? edge.from() : edge.to()).equals(id))
                .map(edge -> new Branch(
                        depth, down ? edge.to() : edge.from(), edge.kind().word()))
                .toList();
    }
}
