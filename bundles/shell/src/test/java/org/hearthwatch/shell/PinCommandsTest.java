package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.net.Pins;
import org.junit.jupiter.api.Test;

class PinCommandsTest {

    private static final String KEY = "sha256/" + "A".repeat(43) + "=";

    private final Map<String, List<String>> pins = new LinkedHashMap<>();
    private final TestScreen screen = new TestScreen().with(Pins.class, new Pins() {
        @Override
        public List<PinnedHost> list() {
            return pins.entrySet().stream()
                    .map(entry -> new PinnedHost(entry.getKey(), entry.getValue()))
                    .toList();
        }

        @Override
        public void pin(String host, List<String> keys) {
            if (!keys.get(0).startsWith("sha256/")) {
                throw new IllegalArgumentException("pins: sha256/ and 44 characters of base64");
            }
            pins.put(host, keys);
        }

        @Override
        public boolean unpin(String host) {
            return pins.remove(host) != null;
        }
    });

    @Test
    void a_host_is_pinned_shown_and_let_go() {
        assertThat(screen.run("pin-add pve1.lan " + KEY)).isZero();
        assertThat(screen.out()).contains("add its next key");
        assertThat(screen.run("pin-add pve1.lan " + KEY + " " + KEY.replace('A', 'B')))
                .isZero();
        assertThat(screen.run("pin-list --json")).isZero();
        assertThat(screen.out()).contains("\"host\":\"pve1.lan\",\"pins\":[\"" + KEY);
        assertThat(screen.run("pin-remove pve1.lan")).isZero();
        assertThat(screen.run("pin-remove pve1.lan")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.audit.entries).hasSize(5);
    }

    @Test
    void what_is_no_pin_is_named_with_what_is_one() {
        assertThat(screen.run("pin-add pve1.lan x")).isEqualTo(ShellCommand.USAGE);
        assertThat(screen.err()).contains("sha256/ and 44 characters");
    }
}
