package org.hearthwatch.alert.inventory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.alert.yaml.Problem;
import org.hearthwatch.alert.yaml.YamlDocument;
import org.hearthwatch.alert.yaml.YamlReader;
import org.hearthwatch.alert.yaml.YamlValue;
import org.hearthwatch.api.inventory.Edge;
import org.hearthwatch.api.inventory.Entity;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.metric.Labels;

/**
 * Reads {@code inventory.yml}: under {@code entities} a list, each with its {@code name} as {@code kind/name}, the labels
 * that tie alerts to it ({@code match}, one mapping or a list of them), what it stands on ({@code runsOn}, {@code storedOn},
 * {@code dependsOn}, {@code poweredBy}, one name or a list), and {@code idle}, why nobody expects it to work.
 *
 * @param report to be used only if there is no problem
 */
record Declarations(InventoryReport report, List<Problem> problems) {

    private static final Map<String, Edge.Kind> EDGES = edges();
    private static final Set<String> FIELDS = fields();

    private static Map<String, Edge.Kind> edges() {
        var edges = new LinkedHashMap<String, Edge.Kind>();
        edges.put("runsOn", Edge.Kind.RUNS_ON);
        edges.put("storedOn", Edge.Kind.STORED_ON);
        edges.put("dependsOn", Edge.Kind.DEPENDS_ON);
        edges.put("poweredBy", Edge.Kind.POWERED_BY);
        return edges;
    }

    private static Set<String> fields() {
        var fields = new HashSet<>(Set.of("name", "match", "idle"));
        fields.addAll(EDGES.keySet());
        return Set.copyOf(fields);
    }

    static Declarations read(String text, String origin) {
        YamlDocument document = YamlDocument.read(text);
        var reading = new Reading(new YamlReader(false));
        document.root().ifPresent(reading::read);
        var problems = new ArrayList<>(document.problems());
        problems.addAll(reading.yaml.problems());
        return new Declarations(new InventoryReport(origin, reading.entities, reading.edges), List.copyOf(problems));
    }

    private static final class Reading {

        private final YamlReader yaml;
        private final Map<EntityId, YamlValue> named = new LinkedHashMap<>();
        private final List<Entity> entities = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();

        Reading(YamlReader yaml) {
            this.yaml = yaml;
        }

        void read(YamlValue root) {
            Map<String, YamlValue> top = yaml.fields(root, "inventory", Set.of("entities"));
            yaml.list(Optional.ofNullable(top.get("entities")), "entity", value -> {
                entity(value);
                return value;
            });
        }

        private void entity(YamlValue value) {
            Map<String, YamlValue> fields = yaml.fields(value, "entity", FIELDS);
            if (!fields.containsKey("name")) {
                yaml.refuse(value, "an entity needs a name, such as host/nas");
                return;
            }
            YamlValue name = Optional.ofNullable(fields.get("name")).orElseThrow();
            Optional<EntityId> id = yaml.parsed(Optional.of(name), EntityId::parse);
            if (id.isEmpty()) {
                return;
            }
            YamlValue before = named.putIfAbsent(id.get(), name);
            if (before != null) {
                yaml.refuse(
                        name,
                        id.get() + " is declared on line " + before.place().line() + " already");
                return;
            }
            Set<Labels> ties = new HashSet<>();
            Optional.ofNullable(fields.get("match")).stream()
                    .flatMap(match -> each(match).stream())
                    .forEach(match -> tie(match).ifPresent(ties::add));
            Optional<String> idle = Optional.of(yaml.text(Optional.ofNullable(fields.get("idle"))))
                    .filter(why -> !why.isBlank());
            entities.add(new Entity(id.get(), ties, idle));
            EDGES.forEach((field, kind) -> Optional.ofNullable(fields.get(field)).stream()
                    .flatMap(targets -> each(targets).stream())
                    .forEach(target -> edge(id.get(), kind, target)));
        }

        /** The elements of a list, or the one value that stands in its place. */
        private List<YamlValue> each(YamlValue value) {
            return value.isList() ? yaml.list(Optional.of(value), "value", element -> element) : List.of(value);
        }

        private Optional<Labels> tie(YamlValue match) {
            Map<String, String> labels = yaml.texts(Optional.of(match));
            if (labels.isEmpty() || labels.containsValue("")) {
                yaml.refuse(match, "match needs labels with their values, such as {instance: \"nas:9100\"}");
                return Optional.empty();
            }
            return Optional.of(Labels.of(labels));
        }

        private void edge(EntityId from, Edge.Kind kind, YamlValue target) {
            yaml.parsed(Optional.of(target), EntityId::parse).ifPresent(to -> {
                if (to.equals(from)) {
                    yaml.refuse(target, from + " cannot stand on itself");
                }
                edges.add(new Edge(from, kind, to));
            });
        }
    }
}
