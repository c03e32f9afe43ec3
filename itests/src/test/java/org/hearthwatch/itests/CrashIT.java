package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashIT {

    private static final String LOAD = "node_load1[10m]";

    @Test
    void every_sample_that_was_stored_is_there_again_after_a_kill() {
        try (var appliance = Appliance.inFreshHome().start()) {
            appliance.configure(
                    "org.hearthwatch.collector.host", "hearthwatch.interval = 1s", "hearthwatch.timeout = 1s");
            var token = appliance.newToken("read");
            appliance.await("some samples", () -> samples(appliance, token).size() >= 5);
            var before = samples(appliance, token);

            appliance.kill();
            appliance.start();

            assertThat(samples(appliance, token)).containsAll(before);
        }
    }

    @Test
    void accounts_and_tokens_outlive_a_kill() {
        try (var appliance = Appliance.inFreshHome().start()) {
            var token = appliance.newToken("read");

            appliance.kill();
            appliance.start();

            assertThat(appliance.get("/api/hw/session", token).body()).contains("\"setupNeeded\":false");
            assertThat(appliance.get("/api/hw/status", token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_start_that_was_cut_short_is_made_good_by_the_next() throws Exception {
        try (var appliance = Appliance.inFreshHome()) {
            var first = appliance.script().launch(appliance.home().resolve("output"), "--port", "0", "run");
            appliance.await(
                    "the first bundles",
                    () -> appliance.state().resolve("cache/bundle5").toFile().exists());
            appliance.kill();
            first.waitFor();

            appliance.start();

            assertThat(appliance.get("/-/ready").statusCode()).isEqualTo(200);
        }
    }

    /** Time and value of each stored sample of the load average. */
    private static List<String> samples(Appliance appliance, String token) {
        var all = new ArrayList<String>();
        for (JsonNode series : appliance.query(LOAD, token)) {
            series.path("values").forEach(sample -> all.add(sample.toString()));
        }
        return all;
    }
}
