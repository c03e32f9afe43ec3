package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.alert.Silences;
import org.hearthwatch.api.inventory.Edge;
import org.hearthwatch.api.inventory.Entity;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.Inventory;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.junit.jupiter.api.Test;

class InventoryCommandsTest {

    private static final EntityId NODE = EntityId.parse("host/pve");
    private static final EntityId GUEST = EntityId.parse("guest/web");
    private static final EntityId CONTAINER = EntityId.parse("container/web:nginx");

    private static final InventoryGraph GRAPH = InventoryGraph.of(
            List.of(new InventoryReport(
                    "series",
                    List.of(
                            Entity.of(NODE, Labels.of("instance", "pve:9100")),
                            new Entity(GUEST, Set.of(Labels.of("id", "qemu/1")), Optional.of("stopped on purpose"))),
                    List.of(new Edge(GUEST, Edge.Kind.RUNS_ON, NODE), new Edge(CONTAINER, Edge.Kind.RUNS_ON, GUEST)))),
            InventoryGraph.Limits.DEFAULT);

    private final List<Silence> made = new ArrayList<>();
    private final TestScreen screen = new TestScreen()
            .with(Inventory.class, () -> GRAPH)
            .with(Silences.class, new Silences() {
                @Override
                public List<Silence> list() {
                    return made;
                }

                @Override
                public Optional<Silence> find(String id) {
                    return Optional.empty();
                }

                @Override
                public String set(Silence silence) {
                    made.add(silence);
                    return "s" + made.size();
                }

                @Override
                public void expire(String id) {
                    made.clear();
                }
            });

    @Test
    void lists_what_there_is_and_what_it_stands_on() {
        assertThat(screen.run("inventory-list")).isZero();
        assertThat(screen.out()).contains("host/pve", "runs-on host/pve", "stopped on purpose");
        assertThat(screen.run("inventory-list --kind guest --json")).isZero();
        assertThat(screen.out())
                .contains("\"entity\":\"guest/web\"", "\"match\":[\"{id=\\\"qemu/1\\\"}\"]")
                .contains("\"standsOn\":[{\"kind\":\"runs-on\",\"entity\":\"host/pve\"}]")
                .contains("\"dependents\":[\"container/web:nginx\"]");
        assertThat(screen.run("inventory-list --kind toaster")).isEqualTo(ShellCommand.FAILED);
    }

    @Test
    void shows_a_thing_with_all_that_stands_on_it() {
        assertThat(screen.run("inventory-show host/pve")).isZero();
        assertThat(screen.out()).contains("  guest/web (runs-on)\n    container/web:nginx (runs-on)");
        assertThat(screen.run("inventory-show container/web:nginx --json")).isZero();
        assertThat(screen.out()).contains("\"supports\":[\"guest/web\",\"host/pve\"]");
        assertThat(screen.run("inventory-show host/nowhere")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.run("inventory-show nowhere")).isEqualTo(ShellCommand.FAILED);
    }

    @Test
    void maintenance_is_a_silence_of_a_thing_also_for_times_that_come_again() {
        assertThat(screen.run("maintenance-add host/pve --for 30d --window sun/02:00-04:00 --comment updates"))
                .isZero();
        assertThat(made).singleElement().satisfies(silence -> {
            assertThat(silence.matchers()).containsExactly(Matcher.equal("entity", "host/pve"));
            assertThat(silence.annotations()).containsEntry("entity", "host/pve");
            assertThat(silence.window()).isPresent();
        });
        assertThat(screen.run("maintenance-add host/nowhere --for 1h")).isEqualTo(ShellCommand.FAILED);
    }
}
