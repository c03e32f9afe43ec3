package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearthwatch.api.access.Policy;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRoutesTest {

    private static final Instant NOW = Instant.ofEpochSecond(2);
    private static final String NAME = "hearthwatch-20260101-000000.tar.age";

    @TempDir
    Path folder;

    private final List<String> calls = new ArrayList<>();
    private final BackupRoutes routes = new BackupRoutes(this::backups);

    @BeforeEach
    void an_archive() throws Exception {
        Files.writeString(folder.resolve(NAME), "sealed");
        Files.writeString(folder.resolve(NAME + ".sig"), "note");
        Files.writeString(folder.resolve("other"), "not an archive");
    }

    @Test
    void they_are_listed_with_what_should_be_known_and_how_the_last_drill_ended() throws Exception {
        assertThat(FakeExchange.get("/api/hw/backups").answeredBy(routes).text())
                .isEqualTo("{\"archives\":[{\"name\":\"" + NAME
                        + "\",\"created\":2.0,\"bytes\":6,\"signed\":true,\"samples\":false}],"
                        + "\"warnings\":[\"beware\"],\"lastDrill\":{\"time\":2.0,\"archive\":\"" + NAME
                        + "\",\"passed\":false,\"found\":[\"damaged\"]}}");
    }

    @Test
    void one_is_made_verified_and_tried() throws Exception {
        assertThat(json("/api/hw/backups", "{\"samples\":true}").text()).contains("\"name\":\"" + NAME);
        assertThat(json("/api/hw/backups/" + NAME + "/verify", "{\"deep\":true}")
                        .text())
                .isEqualTo("{\"created\":2.0,\"version\":\"0.1.0\",\"files\":6,\"bytes\":100,\"samples\":false,"
                        + "\"signature\":\"right\"}");
        assertThat(json("/api/hw/backups/" + NAME + "/drill", "{\"passphrase\":\"canary\"}")
                        .text())
                .isEqualTo("{\"found\":[\"all is well\"]}");
        assertThat(calls)
                .containsExactly(
                        "create true", "verify " + NAME + " true keys: no", "drill " + NAME + " keys: Passphrase");
    }

    @Test
    void one_is_put_beside_the_present_state_and_that_is_taken_back() throws Exception {
        assertThat(json("/api/hw/backups/" + NAME + "/restore", "{\"identity\":\"canary\"}")
                        .text())
                .contains("\"signature\":\"right\"");
        assertThat(FakeExchange.delete("/api/hw/backup-restore")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("{\"waited\":true}");
        assertThat(calls).containsExactly("restore " + NAME + " keys: Identity", "cancelRestore");
    }

    @Test
    void one_is_taken_away_with_its_signature() throws Exception {
        FakeExchange archive = json("/api/hw/backups/" + NAME + "/download", "{}");

        assertThat(archive.text()).isEqualTo("sealed");
        assertThat(archive.answeredHeader("Content-Disposition")).contains("filename=\"" + NAME + "\"");
        assertThat(FakeExchange.get("/api/hw/backups/" + NAME + "/signature")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("note");
    }

    @Test
    void nothing_but_an_archive_of_the_folder_is_reached() {
        for (String name : List.of("other", NAME + ".sig", "..", ".", NAME.toUpperCase(Locale.ROOT))) {
            refused(404, () -> json("/api/hw/backups/" + name + "/download", "{}"));
        }
    }

    @Test
    void two_ways_to_open_it_or_a_refusal_are_told() {
        refused(400, () -> json("/api/hw/backups/" + NAME + "/drill", "{\"passphrase\":\"a\",\"identity\":\"b\"}"));
        refused(409, () -> json("/api/hw/backups", "{\"samples\":false}"));
    }

    @Test
    void all_of_it_is_the_administrators_and_what_takes_something_out_is_a_post() {
        assertThat(routes.routes())
                .allSatisfy(route -> assertThat(route.guard()).isInstanceOfSatisfying(Guard.Needs.class, needs -> {
                    assertThat(Policy.permits(Role.OPERATOR, needs.permission()))
                            .isFalse();
                    assertThat(Policy.permits(Role.SECURITY, needs.permission()))
                            .isFalse();
                    assertThat(Policy.needsFreshProof(needs.permission())).isTrue();
                }));
        assertThat(routes.routes())
                .filteredOn(route -> route.path().endsWith("/download"))
                .allMatch(route -> route.method().isUnsafe());
    }

    private FakeExchange json(String path, String body) throws Exception {
        return FakeExchange.post(path)
                .withHeader("Content-Type", "application/json")
                .withBody(body.getBytes(StandardCharsets.UTF_8))
                .answeredBy(routes);
    }

    private static void refused(int status, ThrowingCallable call) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.status()).isEqualTo(status));
    }

    /** Backups that note what they are asked to do. */
    private Backups backups() {
        Path file = folder.resolve(NAME);
        var archive = new Backups.Archive(file, NOW, 6, true);
        return (Backups) Proxy.newProxyInstance(
                Backups.class.getClassLoader(), new Class<?>[] {Backups.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "list" -> {
                            return List.of(archive);
                        }
                        case "warnings" -> {
                            return List.of("beware");
                        }
                        case "lastDrill" -> {
                            return Optional.of(new Backups.Drill(NOW, NAME, false, List.of("damaged")));
                        }
                        case "create" -> {
                            if (!(boolean) arguments[0]) {
                                throw new BackupException("The vault is sealed");
                            }
                            calls.add("create " + arguments[0]);
                            return archive;
                        }
                        case "verify" -> {
                            calls.add("verify " + ((Path) arguments[0]).getFileName() + " " + arguments[1] + " keys: "
                                    + key(arguments[2]));
                            return new Backups.Contents(NOW, "0.1.0", 6, 100, false, "right");
                        }
                        case "restore" -> {
                            calls.add("restore " + ((Path) arguments[0]).getFileName() + " keys: " + key(arguments[1]));
                            return new Backups.Contents(NOW, "0.1.0", 6, 100, false, "right");
                        }
                        case "cancelRestore" -> {
                            calls.add("cancelRestore");
                            return true;
                        }
                        default -> {
                            calls.add(method.getName() + " " + ((Path) arguments[0]).getFileName() + " keys: "
                                    + key(arguments[1]));
                            return List.of("all is well");
                        }
                    }
                });
    }

    private static String key(Object opening) {
        return ((Backups.Opening) opening)
                .key()
                .map(key -> key.getClass().getSimpleName())
                .orElse("no");
    }
}
