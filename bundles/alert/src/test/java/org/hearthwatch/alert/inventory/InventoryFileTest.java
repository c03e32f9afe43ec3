package org.hearthwatch.alert.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.hearthwatch.api.inventory.Edge;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryFileTest {

    private static final String GOOD = """
            entities:
              - name: host/nas
                match:
                  - {instance: "nas:9100"}
                  - {instance: nas.home.lan}
                poweredBy: ups/main
              - name: service/photos
                match: {alertname: PhotosDown}
                runsOn: host/web
                storedOn: [host/nas, "filesystem/nas:/srv"]
                dependsOn: [service/db]
                idle: being moved
            """;

    @TempDir
    private Path folder;

    private int second;

    private void write(String text) throws IOException {
        Path file = folder.resolve("inventory.yml");
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000L * ++second));
    }

    private static Edge edge(String from, Edge.Kind kind, String to) {
        return new Edge(EntityId.parse(from), kind, EntityId.parse(to));
    }

    @Test
    void declares_what_stands_on_what() throws IOException {
        write(GOOD);
        var file = new InventoryFile(folder, TestClock.atStart());

        assertThat(file.refresh()).isTrue();
        assertThat(file.refused()).isEmpty();
        var report = file.report().orElseThrow();
        assertThat(report.edges())
                .containsExactly(
                        edge("host/nas", Edge.Kind.POWERED_BY, "ups/main"),
                        edge("service/photos", Edge.Kind.RUNS_ON, "host/web"),
                        edge("service/photos", Edge.Kind.STORED_ON, "host/nas"),
                        edge("service/photos", Edge.Kind.STORED_ON, "filesystem/nas:/srv"),
                        edge("service/photos", Edge.Kind.DEPENDS_ON, "service/db"));
        assertThat(report.entities().get(0).ties())
                .containsExactlyInAnyOrder(Labels.of("instance", "nas:9100"), Labels.of("instance", "nas.home.lan"));
        assertThat(report.entities().get(1).idle()).contains("being moved");
        assertThat(file.refresh()).isFalse();
    }

    @Test
    void is_refused_whole_with_every_place_and_what_it_said_before_stays() throws IOException {
        write(GOOD);
        var file = new InventoryFile(folder, TestClock.atStart());
        file.refresh();
        write("""
                entities:
                  - name: nas
                  - {match: {instance: x}}
                  - {name: host/a, runs: host/b}
                  - {name: host/a, runsOn: host/a, match: {instance: ""}}
                  - {name: host/c, poweredBy: [toaster/x, host/c]}
                """);

        assertThat(file.refresh()).isFalse();
        assertThat(file.report().orElseThrow().entities()).hasSize(2);
        assertThat(file.refused().orElseThrow().problems())
                .satisfiesExactlyInAnyOrder(
                        each -> assertThat(each).startsWith("2:11: \"nas\" is no entity"),
                        each -> assertThat(each).startsWith("3:5: an entity needs a name"),
                        each -> assertThat(each).startsWith("4:").contains("field runs not found"),
                        each -> assertThat(each).startsWith("5:12: host/a is declared on line 4 already"),
                        each -> assertThat(each).startsWith("6:32: \"toaster/x\" is no entity"),
                        each -> assertThat(each).startsWith("6:43: host/c cannot stand on itself"));
    }

    @Test
    void declares_nothing_once_it_is_gone() throws IOException {
        write(GOOD);
        var file = new InventoryFile(folder, TestClock.atStart());
        file.refresh();
        Files.delete(folder.resolve("inventory.yml"));

        assertThat(file.refresh()).isTrue();
        assertThat(file.report()).isEmpty();
    }

    @Test
    void an_empty_file_declares_nothing() throws IOException {
        write("# nothing yet\n");
        var file = new InventoryFile(folder, TestClock.atStart());
        file.refresh();

        assertThat(file.refused()).isEmpty();
        assertThat(file.report().orElseThrow().entities()).isEmpty();
    }
}
