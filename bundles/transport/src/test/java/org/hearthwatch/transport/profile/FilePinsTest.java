package org.hearthwatch.transport.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.net.Pins.PinnedHost;
import org.hearthwatch.transport.certificate.Pin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePinsTest {

    private static final String ONE = "sha256/" + "A".repeat(43) + "=";
    private static final String TWO = "sha256/" + "B".repeat(43) + "=";

    @TempDir
    Path folder;

    private final Map<String, List<Pin>> inForce = new LinkedHashMap<>();
    private Path file = Path.of("unset");
    private FilePins pins = new FilePins(file, () -> inForce);

    @BeforeEach
    void begin() throws Exception {
        file = folder.resolve("org.hearthwatch.transport.cfg");
        Files.writeString(file, "# Keys.\n# pins =\n");
        pins = new FilePins(file, () -> inForce);
    }

    @Test
    void pins_stand_in_the_file_under_their_comment() throws Exception {
        pins.pin("PVE1.lan", List.of(ONE, TWO));
        assertThat(file).hasContent("# Keys.\n# pins =\npins = pve1.lan = " + ONE + " " + TWO + "\n");

        inForce.put("pve1.lan", List.of(new Pin(ONE), new Pin(TWO)));
        pins.pin("192.168.7.7", List.of(TWO));
        assertThat(Files.readString(file)).contains("pins = 192.168.7.7 = " + TWO + ", pve1.lan = " + ONE);
        assertThat(pins.list()).containsExactly(new PinnedHost("pve1.lan", List.of(ONE, TWO)));
    }

    @Test
    void the_last_one_taken_out_leaves_the_default() throws Exception {
        inForce.put("pve1.lan", List.of(new Pin(ONE)));

        assertThat(pins.unpin("other.lan")).isFalse();
        assertThat(pins.unpin("pve1.lan")).isTrue();
        assertThat(file).hasContent("# Keys.\n# pins =\n");
    }

    @Test
    void what_is_no_host_or_no_pin_changes_nothing() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> pins.pin("a b", List.of(ONE)));
        assertThatIllegalArgumentException().isThrownBy(() -> pins.pin("a.lan, egress", List.of(ONE)));
        assertThatIllegalArgumentException().isThrownBy(() -> pins.pin("a.lan", List.of("sha256/x")));
        assertThatIllegalArgumentException().isThrownBy(() -> pins.pin("a.lan", List.of()));

        assertThat(file).hasContent("# Keys.\n# pins =\n");
    }
}
