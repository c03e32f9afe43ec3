package org.hearthwatch.api.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.metric.Labels;
import org.junit.jupiter.api.Test;

class InventoryGraphTest {

    private static final EntityId NODE = EntityId.parse("host/pve1");
    private static final EntityId GUEST = EntityId.parse("guest/web");
    private static final EntityId INSIDE = EntityId.parse("host/web");
    private static final EntityId DISK = EntityId.parse("filesystem/web:/srv");

    private static InventoryGraph house(InventoryGraph.Limits limits) {
        return InventoryGraph.of(
                List.of(
                        new InventoryReport(
                                "series",
                                List.of(
                                        Entity.of(
                                                NODE, Labels.of("id", "node/pve1"), Labels.of("instance", "pve1:9100")),
                                        Entity.of(GUEST, Labels.of("id", "qemu/101")),
                                        Entity.of(INSIDE, Labels.of("instance", "web:9100")),
                                        Entity.of(DISK, Labels.of("instance", "web:9100", "mountpoint", "/srv"))),
                                List.of(
                                        new Edge(GUEST, Edge.Kind.RUNS_ON, NODE),
                                        new Edge(INSIDE, Edge.Kind.RUNS_ON, GUEST),
                                        new Edge(DISK, Edge.Kind.RUNS_ON, INSIDE))),
                        new InventoryReport(
                                "file",
                                List.of(Entity.of(NODE, Labels.of("instance", "pve1.home"))),
                                List.of(new Edge(NODE, Edge.Kind.POWERED_BY, EntityId.parse("ups/main"))))),
                limits);
    }

    private static final InventoryGraph GRAPH = house(InventoryGraph.Limits.DEFAULT);

    @Test
    void an_alert_is_about_the_most_particular_thing_its_labels_are_tied_to() {
        assertThat(GRAPH.about(Labels.of("instance", "web:9100", "mountpoint", "/srv", "alertname", "Full")))
                .containsExactly(DISK);
        assertThat(GRAPH.about(Labels.of("instance", "web:9100", "mountpoint", "/")))
                .containsExactly(INSIDE);
        assertThat(GRAPH.about(Labels.of("instance", "elsewhere"))).isEmpty();
    }

    @Test
    void what_several_sources_report_is_one_thing() {
        assertThat(GRAPH.find(NODE).orElseThrow().ties()).hasSize(3);
        assertThat(GRAPH.origins(NODE)).containsExactly("file", "series");
        assertThat(GRAPH.find(EntityId.parse("ups/main")))
                .get()
                .extracting(Entity::ties)
                .isEqualTo(Set.of());
    }

    @Test
    void a_thing_stands_on_all_that_is_beneath_it() {
        assertThat(GRAPH.supports(DISK)).containsExactly(INSIDE, GUEST, NODE, EntityId.parse("ups/main"));
        assertThat(GRAPH.dependents(NODE)).containsExactly(GUEST, INSIDE, DISK);
        assertThat(GRAPH.supports(EntityId.parse("ups/main"))).isEmpty();
    }

    @Test
    void a_circle_ends() {
        InventoryGraph circle = InventoryGraph.of(
                List.of(new InventoryReport(
                        "file",
                        List.of(Entity.of(GUEST, Labels.of("a", "1")), Entity.of(NODE, Labels.of("b", "1"))),
                        List.of(
                                new Edge(GUEST, Edge.Kind.RUNS_ON, NODE),
                                new Edge(NODE, Edge.Kind.STORED_ON, GUEST),
                                new Edge(NODE, Edge.Kind.RUNS_ON, NODE)))),
                InventoryGraph.Limits.DEFAULT);

        assertThat(circle.supports(GUEST)).containsExactly(NODE);
        assertThat(circle.about(Labels.of("a", "1", "b", "1"))).containsExactly(NODE, GUEST);
        assertThat(circle.refused()).isEqualTo(1);
    }

    @Test
    void what_stands_on_an_idle_thing_is_idle_too() {
        InventoryGraph graph = InventoryGraph.of(
                List.of(new InventoryReport(
                        "series",
                        List.of(new Entity(GUEST, Set.of(), Optional.of("stopped on purpose"))),
                        List.of(new Edge(INSIDE, Edge.Kind.RUNS_ON, GUEST)))),
                InventoryGraph.Limits.DEFAULT);

        assertThat(graph.idle(INSIDE)).contains("guest/web: stopped on purpose");
        assertThat(graph.idle(NODE)).isEmpty();
    }

    @Test
    void what_is_beyond_a_limit_is_left_out_and_counted() {
        InventoryGraph graph = house(new InventoryGraph.Limits(3, 1, 1, 10));

        assertThat(graph.entities()).hasSize(3);
        assertThat(graph.edges()).hasSize(1);
        assertThat(graph.refused()).isEqualTo(6);
    }

    @Test
    void the_machine_behind_an_address_has_its_name() {
        assertThat(List.of(
                                "NAS:9100",
                                "https://nas/health?x=1",
                                "http://user@nas:8080",
                                "nas",
                                "[fe80::1]:9100",
                                "fe80::1")
                        .stream()
                        .map(EntityId::host)
                        .map(EntityId::name))
                .containsExactly("nas", "nas", "nas", "nas", "fe80::1", "fe80::1");
    }
}
