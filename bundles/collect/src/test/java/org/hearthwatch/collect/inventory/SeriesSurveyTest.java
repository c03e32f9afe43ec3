package org.hearthwatch.collect.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.query.StoredSeries;
import org.hearthwatch.testkit.MemorySeries;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class SeriesSurveyTest {

    private final MemorySeries store = new MemorySeries();
    private final TestClock clock = TestClock.atStart();
    private final List<Labels> stopped = new ArrayList<>();

    /** Knows of guests that are stopped on purpose, and of nothing else. */
    private final class Engine implements QueryEngine {

        @Override
        public QueryResult instant(String expression, Instant at, QueryOptions options) {
            List<Sample> samples = expression.contains("pve_onboot_status")
                    ? stopped.stream()
                            .map(labels -> new Sample(labels, at.toEpochMilli(), 0))
                            .toList()
                    : List.of();
            return new QueryResult(new QueryValue.Vector(samples), List.of(), List.of(), 0);
        }

        @Override
        public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options) {
            throw new UnsupportedOperationException(expression);
        }

        @Override
        public String format(String expression) {
            return expression;
        }
    }

    private SeriesSurveyTest series(String name, String... labels) {
        store.put(Labels.of(labels).with(Labels.NAME, name), clock.millis(), 1);
        return this;
    }

    private InventoryGraph graph() throws IOException {
        return InventoryGraph.of(
                List.of(new SeriesSurvey(new StoredSeries(store), new Engine(), clock).report("watch")),
                InventoryGraph.Limits.DEFAULT);
    }

    private static EntityId id(String text) {
        return EntityId.parse(text);
    }

    private static List<String> edges(InventoryGraph graph) {
        return graph.edges().stream()
                .map(edge -> edge.from() + " " + edge.kind().word() + " " + edge.to())
                .toList();
    }

    @Test
    void parts_of_a_machine_are_tied_to_its_series() throws IOException {
        series("node_uname_info", "instance", "nas:9100", "job", "node", "nodename", "nas")
                .series("node_disk_io_time_seconds_total", "instance", "nas:9100", "device", "sda")
                .series("node_network_up", "instance", "nas:9100", "device", "eth0")
                .series("node_network_up", "instance", "nas:9100", "device", "veth12")
                .series(
                        "node_filesystem_size_bytes",
                        "instance",
                        "nas:9100",
                        "device",
                        "/dev/sda1",
                        "fstype",
                        "ext4",
                        "mountpoint",
                        "/")
                .series("node_systemd_unit_state", "instance", "nas:9100", "name", "ssh.service", "state", "active");

        InventoryGraph graph = graph();

        assertThat(graph.about(Labels.of("instance", "nas:9100"))).containsExactly(id("host/nas"));
        assertThat(graph.about(Labels.of("instance", "nas:9100", "mountpoint", "/", "device", "/dev/sda1")))
                .containsExactly(id("filesystem/nas:/"));
        assertThat(edges(graph))
                .containsExactly(
                        "service/nas:ssh.service runs-on host/nas",
                        "filesystem/nas:/ runs-on host/nas",
                        "filesystem/nas:/ stored-on disk/nas:sda",
                        "disk/nas:sda depends-on host/nas",
                        "interface/nas:eth0 depends-on host/nas");
    }

    @Test
    void a_network_file_system_is_stored_on_its_server() throws IOException {
        series("node_uname_info", "instance", "nas.home.lan:9100", "nodename", "nas")
                .series("node_uname_info", "instance", "web:9100", "nodename", "web")
                .series(
                        "node_filesystem_size_bytes",
                        "instance",
                        "web:9100",
                        "device",
                        "nas:/export",
                        "fstype",
                        "nfs4",
                        "mountpoint",
                        "/srv")
                .series(
                        "node_filesystem_size_bytes",
                        "instance",
                        "web:9100",
                        "device",
                        "//nas/music",
                        "fstype",
                        "cifs",
                        "mountpoint",
                        "/music");

        assertThat(edges(graph()))
                .contains(
                        "filesystem/web:/srv stored-on host/nas.home.lan",
                        "filesystem/web:/music stored-on host/nas.home.lan");
    }

    @Test
    void what_runs_within_a_guest_stands_on_the_node() throws IOException {
        series("pve_node_info", "instance", "pve.home", "id", "node/pve1", "name", "pve1")
                .series(
                        "pve_guest_info",
                        "instance",
                        "pve.home",
                        "id",
                        "qemu/101",
                        "name",
                        "web",
                        "node",
                        "pve1",
                        "type",
                        "qemu")
                .series("node_uname_info", "instance", "web:9100", "nodename", "web")
                .series("container_last_seen", "instance", "web:8080", "job", "cadvisor", "name", "nginx")
                .series("up", "instance", "web:8080", "job", "cadvisor")
                .series("up", "instance", "web:9100", "job", "node")
                .series("probe_success", "instance", "https://web.home.lan/", "job", "probe");

        InventoryGraph graph = graph();

        assertThat(graph.dependents(id("host/pve1")))
                .containsExactlyInAnyOrder(
                        id("guest/web"),
                        id("host/web"),
                        id("container/web:nginx"),
                        id("service/cadvisor@web:8080"),
                        id("service/https://web.home.lan/"));
        assertThat(graph.about(Labels.of("instance", "pve.home", "id", "node/pve1", "alertname", "Down")))
                .containsExactly(id("host/pve1"));
        assertThat(graph.about(Labels.of("instance", "web:9100", "job", "node")))
                .containsExactly(id("host/web"));
    }

    @Test
    void a_guest_that_is_stopped_on_purpose_is_idle_with_all_within() throws IOException {
        series("pve_guest_info", "instance", "pve.home", "id", "lxc/7", "name", "lab", "node", "pve1")
                .series("node_uname_info", "instance", "lab:9100", "nodename", "lab");
        stopped.add(Labels.of("instance", "pve.home", "id", "lxc/7"));

        assertThat(graph().idle(id("host/lab"))).contains("guest/lab: stopped on purpose");
    }

    @Test
    void a_machine_without_a_name_in_its_address_has_its_own() throws IOException {
        series("node_uname_info", "instance", "localhost:9100", "nodename", "Attic")
                .series("node_network_up", "instance", "localhost:9100", "device", "eth0");

        assertThat(graph().find(id("interface/attic:eth0"))).isPresent();
    }

    @Test
    void a_probe_of_somebody_elses_machine_stands_on_nothing() throws IOException {
        series("probe_success", "instance", "https://example.org", "job", "probe");

        InventoryGraph graph = graph();

        assertThat(graph.find(id("service/https://example.org"))).isPresent();
        assertThat(graph.edges()).isEmpty();
    }

    @Test
    void two_guests_of_one_name_are_two() throws IOException {
        series("pve_guest_info", "instance", "pve", "id", "qemu/1", "name", "web", "node", "a")
                .series("pve_guest_info", "instance", "pve", "id", "qemu/2", "name", "web", "node", "b");

        assertThat(graph().entities().stream().map(entity -> entity.id().toString()))
                .contains("guest/web", "guest/web qemu/2");
    }

    @Test
    void labels_that_make_no_name_are_passed_over() throws IOException {
        series("node_systemd_unit_state", "instance", "nas", "state", "active", "name", "x".repeat(300) + ".service")
                .series("network_ups_tools_ups_status", "instance", "nut", "ups", "main");

        InventoryGraph graph = graph();

        assertThat(graph.entities()).singleElement().satisfies(ups -> {
            assertThat(ups.id()).isEqualTo(id("ups/main"));
            assertThat(ups.ties()).containsExactly(Labels.of("instance", "nut", "ups", "main"));
        });
        assertThat(graph.origins(id("ups/main"))).containsExactly("series (1 not understood)");
    }

    @Test
    void what_a_machine_had_before_it_went_down_is_known_for_a_day() throws IOException {
        series("node_uname_info", "instance", "nas:9100", "nodename", "nas");

        clock.advance(Duration.ofHours(23));
        assertThat(graph().find(id("host/nas"))).isPresent();
        clock.advance(Duration.ofHours(2));
        assertThat(graph().find(id("host/nas"))).isEmpty();
    }
}
