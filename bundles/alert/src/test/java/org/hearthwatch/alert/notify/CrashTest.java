package org.hearthwatch.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.alert.notify.House.Told;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.store.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves is a beginning of the file that was on its way to disk, of any length; nothing is lost or doubled. */
class CrashTest {

    private static final String CONFIG = """
            global: {resolve_timeout: 1m}
            route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 10s}
            receivers:
              - name: default
                webhook_configs: [{url: hook, send_resolved: true}]
            """;

    @TempDir
    private Path folder;

    private House house(String name) throws IOException {
        return new House(Files.createDirectory(folder.resolve(name)), CONFIG);
    }

    @Test
    void at_whatever_byte_the_file_ends_the_message_is_told_once_or_again_under_its_key() throws IOException {
        House before = house("before");
        before.push(before.firing("Down", 0, "instance", "nas"));
        before.until(5);
        Told first = before.told("hook").get(0);
        byte[] file = Files.readAllBytes(folder.resolve("before/outbox.log"));
        String text = new String(file, StandardCharsets.UTF_8);
        int queued = text.indexOf('\n') + 1;
        assertThat(text.lines()).hasSize(2);

        for (int length = 0; length <= file.length; length += length < queued - 3 || length > queued + 3 ? 7 : 1) {
            Path state = Files.createDirectory(folder.resolve("cut" + length));
            Files.write(state.resolve("outbox.log"), Arrays.copyOf(file, length));
            var after = new House(state, CONFIG);
            // Rules tell of what fires again and again.
            after.push(after.firing("Down", 0, "instance", "nas"));
            after.until(30);

            List<Told> told = after.told("hook");
            if (length >= queued && length < file.length) {
                assertThat(told)
                        .as("cut at %d", length)
                        .singleElement()
                        .satisfies(each -> assertThat(each.notification().key())
                                .isEqualTo(first.notification().key()));
            } else {
                assertThat(told).as("cut at %d", length).hasSize(length == file.length ? 0 : 1);
            }
        }
    }

    @Test
    void the_end_of_an_alert_that_nobody_hears_of_after_a_crash_is_told() throws IOException {
        House house = house("one");
        house.push(house.firing("Down", 0, "instance", "nas"));
        house.until(20);
        house.crash();
        house.until(120);

        assertThat(house.story("hook"))
                .containsExactly("1.0: Down@0{instance=\"nas\"}", "80.0: Down@0-80{instance=\"nas\"}");
    }

    @Test
    void an_alert_that_fires_on_through_a_crash_is_not_told_again() throws IOException {
        House house = house("one");
        for (int second = 0; second < 120; second += 30) {
            house.until(second).push(house.firing("Down", 0, "instance", "nas"));
            house.until(second + 5);
            house.crash();
        }
        house.until(140).push(house.firing("Down", 0, "instance", "nas"));
        house.until(150);

        assertThat(house.story("hook")).containsExactly("1.0: Down@0{instance=\"nas\"}");
    }

    @Test
    void what_waits_for_a_channel_that_fails_waits_on_after_a_crash() throws IOException {
        House house = house("one");
        house.refusing("hook", second -> second < 100);
        house.push(house.firing("Down", 0, "instance", "nas"));
        house.until(15);
        house.crash();
        house.until(50).push(house.ended("Down", 0, 50, "instance", "nas"));
        house.until(70);
        house.crash();
        // Rules tell of an end for a quarter of an hour.
        house.push(house.ended("Down", 0, 50, "instance", "nas"));
        house.until(400);

        assertThat(house.told("hook"))
                .filteredOn(told -> told.alerts().get(0).startsWith("Down"))
                .extracting(told -> told.alerts().get(0))
                .containsExactly("Down@0{instance=\"nas\"}", "Down@0-50{instance=\"nas\"}");
    }

    @Test
    void an_alert_somebody_looks_after_does_not_become_news_however_long_it_fires() throws Exception {
        House house = house("one");
        house.push(house.firing("Down", 0));
        house.until(5);
        house.switchboard().acknowledge(List.of(Matcher.equal("alertname", "Down")), "ann", "mine", Optional.empty());
        for (int second = 30; second < 12 * 3600; second += 30) {
            house.until(second).push(house.firing("Down", 0));
        }

        assertThat(house.story("hook")).containsExactly("1.0: Down@0");
    }

    @Test
    void what_was_told_under_other_rules_of_routing_is_not_told_anew() throws IOException {
        House house = house("one");
        house.push(house.firing("Down", 0, "instance", "nas"));
        house.until(5);
        house.switchboard().close();
        var after = new House(folder.resolve("one"), CONFIG.replace("[alertname]", "[instance]"));
        after.until(200);

        assertThat(after.told("hook")).isEmpty();
    }

    @Test
    void silences_and_acknowledgements_survive() throws Exception {
        House house = house("one");
        house.push(house.firing("Down", 0), house.firing("Slow", 0));
        house.until(5);
        house.switchboard().acknowledge(List.of(Matcher.equal("alertname", "Down")), "ann", "mine", Optional.empty());
        String id = house.switchboard()
                .silences()
                .set(Silence.of(List.of(Matcher.equal("alertname", "Slow")), house.at(5), house.at(500), "ann", ""));
        house.crash();

        assertThat(house.switchboard().alerts())
                .satisfiesExactlyInAnyOrder(
                        down -> assertThat(down.acknowledgement())
                                .get()
                                .satisfies(each -> assertThat(each.by()).isEqualTo("ann")),
                        slow -> assertThat(slow.silencedBy()).containsExactly(id));
    }
}
