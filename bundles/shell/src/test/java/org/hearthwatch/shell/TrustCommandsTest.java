package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.hearthwatch.api.plugin.TrustStore;
import org.hearthwatch.api.plugin.TrustedKey;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustCommandsTest {

    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    private final Store store = new Store();
    private final TestScreen screen = new TestScreen().with(TrustStore.class, store);

    private static final class Store implements TrustStore {

        final List<TrustedKey> keys = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        final List<String> calls = new ArrayList<>();

        @Override
        public List<TrustedKey> keys() {
            return keys;
        }

        @Override
        public List<String> problems() {
            return problems;
        }

        @Override
        public TrustedKey add(String publicKey, String who) throws PluginRefusal {
            calls.add("add " + publicKey.strip() + " by " + who);
            if (publicKey.isBlank()) {
                throw new PluginRefusal("It is no public key");
            }
            return key(TrustedKey.State.VALID);
        }

        @Override
        public TrustedKey revoke(String fingerprint, String reason, String who) {
            calls.add("revoke " + fingerprint + " because " + reason + " by " + who);
            return key(TrustedKey.State.REVOKED);
        }
    }

    @Test
    void an_empty_store_says_what_that_means() {
        assertThat(screen.run("plugin-trust-list")).isZero();
        assertThat(screen.out()).contains("every plugin waits for an administrator's approval");
    }

    @Test
    void lists_the_keys_and_what_is_wrong_in_the_folder() {
        store.keys.add(key(TrustedKey.State.EXPIRED));
        store.problems.add("etc/trust/bad.pub:3: name has 1 to 100 letters");

        screen.run("plugin-trust-list");

        assertThat(screen.out())
                .contains("ann", "EXPIRED", "core, plugin", "ann.pub", "0123456789ab")
                .contains("etc/trust/bad.pub:3: name has");
    }

    @Test
    void scripts_see_every_field() {
        store.keys.add(key(TrustedKey.State.VALID));

        screen.run("plugin-trust-list --json");

        assertThat(screen.out().strip())
                .isEqualTo("[{\"name\":\"ann\",\"fingerprint\":\"" + FINGERPRINT + "\",\"state\":\"valid\","
                        + "\"roles\":[\"core\",\"plugin\"],\"expires\":1767323045,\"file\":\"ann.pub\"}]");
    }

    @Test
    void adds_the_key_in_a_file() throws Exception {
        Path file = Files.writeString(folder.resolve("ann.pub"), "the key");

        assertThat(screen.run("plugin-trust-add " + file)).isZero();

        assertThat(store.calls).containsExactly("add the key by operator");
        assertThat(screen.out()).contains("ann is trusted now. Fingerprint " + FINGERPRINT);
    }

    @Test
    void a_file_that_is_no_key_or_is_not_there_is_a_failure() throws Exception {
        Path file = Files.writeString(folder.resolve("ann.pub"), " ");

        assertThat(screen.run("plugin-trust-add " + file)).isEqualTo(1);
        assertThat(screen.err()).contains("It is no public key");
        assertThat(screen.run("plugin-trust-add " + folder.resolve("none"))).isEqualTo(1);
        assertThat(screen.err()).contains("cannot be read");
        assertThat(screen.run("plugin-trust-add ann.pub")).isEqualTo(2);
        assertThat(screen.err()).contains("absolute path");
    }

    @Test
    void revokes_with_a_reason() {
        assertThat(screen.run("plugin-trust-revoke 0123456789ab --reason lost")).isZero();

        assertThat(store.calls).containsExactly("revoke 0123456789ab because lost by operator");
        assertThat(screen.out()).contains("plugins it let in are stopped");
    }

    private static TrustedKey key(TrustedKey.State state) {
        return new TrustedKey(
                "ann", FINGERPRINT, List.of("core", "plugin"), Optional.of(TestClock.START), state, "ann.pub");
    }
}
