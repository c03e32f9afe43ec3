package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConfigurationIT {

    private static final String COLLECT = "org.hearthwatch.collect";

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    private static String token;

    @BeforeAll
    static void make_a_token() {
        token = appliance.newToken("read");
    }

    @AfterEach
    void put_the_shipped_settings_back() {
        appliance.resetConfiguration(COLLECT);
    }

    @Test
    void a_changed_setting_is_in_force_without_a_restart() {
        var before = appliance.pid();

        appliance.configure(COLLECT, "interval = 2s", "timeout = 1s");

        appliance.await("the new interval", () -> intervals().contains(2.0));
        assertThat(appliance.pid()).isEqualTo(before);
    }

    @Test
    void a_value_that_cannot_be_used_is_named_with_file_key_and_what_is_allowed_and_the_rest_runs_on() {
        appliance.configure(COLLECT, "interval = 3s", "timeout = 1s");
        appliance.await("a good interval", () -> intervals().contains(3.0));

        appliance.configure(COLLECT, "interval = soon");

        appliance.await(
                "the refusal in the log",
                () -> Appliance.read(appliance.log())
                        .contains("etc/org.hearthwatch.collect.cfg: interval = soon is not allowed; it takes "));
        assertThat(intervals()).contains(3.0);
        assertThat(appliance.get("/-/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void a_start_with_a_broken_file_names_it_and_runs_on_what_is_left() throws Exception {
        try (var other = Appliance.inFreshHome()) {
            Files.createDirectories(other.etc());
            other.configure("org.hearthwatch.store", "retention = soon");

            var reply = other.script().run("--port", "0", "start");

            assertThat(reply.exitCode()).isZero();
            assertThat(reply.err())
                    .contains("etc/org.hearthwatch.store.cfg: retention = soon is not allowed; it takes ");
            assertThat(other.get("/-/ready").statusCode()).isEqualTo(200);

            other.configure("org.hearthwatch.store", "retention = 5d");
            other.stop();

            assertThat(other.script().run("--port", "0", "start").err()).isEmpty();
        }
    }

    @Test
    void an_edited_file_survives_the_next_start_and_an_untouched_one_is_renewed() throws Exception {
        try (var other = Appliance.inFreshHome().start()) {
            other.configure(COLLECT, "interval = 7s", "timeout = 1s");
            other.stop();
            // As if an older version had laid it down.
            var access = other.etc().resolve("org.hearthwatch.access.cfg");
            Files.writeString(access, "# older\n");
            var manifest = other.state().resolve("etc.shipped");
            Files.writeString(
                    manifest,
                    Files.readString(manifest)
                            .replaceAll("\\w+ (.org.hearthwatch.access.cfg)", sha256("# older\n") + " $1"));

            other.start();

            assertThat(other.etc().resolve(COLLECT + ".cfg")).hasContent("interval = 7s\ntimeout = 1s");
            assertThat(access).hasSameTextualContentAs(Script.ROOT.resolve("etc/org.hearthwatch.access.cfg"));
        }
    }

    private static String sha256(String text) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static List<Double> intervals() {
        return appliance.json("/api/hw/collectors", token).findValues("interval").stream()
                .map(interval -> interval.asDouble())
                .toList();
    }
}
