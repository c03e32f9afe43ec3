package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultSlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultCommandsTest {

    private static final String PASSPHRASE = "rivers of slow amber light";
    private static final String CANARY = "canary-9f2c-value";

    @TempDir
    Path folder;

    private final FakeVault vault = new FakeVault();
    private final TestScreen screen = new TestScreen().with(Vault.class, vault).with(SecretStore.class, vault);

    private TestScreen withVault() {
        screen.piping(PASSPHRASE + "\n").run("vault-init passphrase ann --password-stdin");
        return screen;
    }

    @Test
    void a_vault_is_made_sealed_and_unsealed() {
        assertThat(screen.piping(PASSPHRASE + "\n").run("vault-init passphrase ann --kdf pbkdf2 --password-stdin"))
                .isZero();
        assertThat(vault.slots)
                .singleElement()
                .satisfies(slot -> assertThat(slot.strength()).isEqualTo("PBKDF2"));
        assertThat(screen.run("vault-seal")).isZero();
        assertThat(vault.open).isFalse();

        assertThat(screen.piping("wrong\n").run("vault-unseal --password-stdin"))
                .isEqualTo(1);
        assertThat(screen.err()).contains("does not open slot 1");
        assertThat(screen.piping(PASSPHRASE + "\n").run("vault-unseal --password-stdin --accept-rollback"))
                .isZero();
        assertThat(vault.open && vault.rolledBackAccepted).isTrue();
    }

    @Test
    void the_status_says_who_can_open_it() {
        assertThat(screen.run("vault-status")).isZero();
        assertThat(screen.out()).contains("is absent");

        withVault().run("vault-status");
        assertThat(screen.out())
                .contains("/state/vault is unsealed")
                .contains("memfd_secret page")
                .contains("whoever knows the passphrase");
        screen.run("vault-status --json");
        assertThat(screen.out())
                .startsWith("{\"state\":\"unsealed\",\"file\":\"/state/vault\",\"generation\":43,\"slots\":1,");
    }

    @Test
    void slots_come_and_go() {
        withVault();

        assertThat(screen.run("vault-slot-add file machine")).isZero();
        assertThat(screen.out()).contains("a stolen disk or machine is not");
        assertThat(screen.piping("1234\n")
                        .run("vault-slot-add token hsm --library /usr/lib/hsm.so --token-slot 2 --password-stdin"))
                .isZero();
        assertThat(screen.run("vault-slot-add token hsm")).isEqualTo(2);
        assertThat(screen.run("vault-slot-add credential boot")).isZero();
        assertThat(screen.run("vault-slot-add fingerprint me")).isEqualTo(2);
        assertThat(vault.slots)
                .extracting(VaultSlot::strength)
                .containsExactly("ARGON2ID", "salt", "/usr/lib/hsm.so 2 hearthwatch 1234", "hearthwatch-vault");

        screen.run("vault-slot-list");
        assertThat(screen.out()).contains("1   passphrase  ann");
        assertThat(screen.run("vault-slot-remove 2")).isZero();
        assertThat(screen.run("vault-slot-remove 2")).isEqualTo(1);
        assertThat(screen.run("vault-slot-remove two")).isEqualTo(2);
    }

    @Test
    void share_cards_are_shown_once_and_can_be_tried() {
        withVault();

        assertThat(screen.run("vault-slot-add shares family --threshold 3 --shares 5"))
                .isZero();
        assertThat(screen.out()).contains("Card 5 of 5, 3 are enough").contains("  card 5");
        assertThat(screen.piping("card 1\ncard 2\n\ncard 4\n").run("vault-shares-test --cards-stdin"))
                .isZero();
        assertThat(screen.piping("card 1\n").run("vault-shares-test --cards-stdin"))
                .isEqualTo(1);
        // An input that is not named is not read: the script's never ends.
        assertThat(screen.piping("card 1\ncard 2\n\ncard 4\n").run("vault-shares-test"))
                .isEqualTo(1);
        assertThat(screen.err()).contains("--cards-stdin");
        vault.open = false;
        assertThat(screen.typing("card 1", "card 2", "card 3", "").run("vault-unseal --with shares"))
                .isZero();
        assertThat(vault.open).isTrue();
    }

    @Test
    void a_secret_comes_by_the_standard_input_a_file_or_the_keyboard() throws Exception {
        withVault();
        Path file = Files.writeString(folder.resolve("key.pem"), "two\nlines\n");

        assertThat(screen.piping(CANARY + "\n").run("secret-set smtp/password --stdin"))
                .isZero();
        assertThat(screen.out()).contains("secret:smtp/password");
        assertThat(screen.run("secret-set tls/key --file " + file)).isZero();
        assertThat(screen.typing("typed", "typed").run("secret-set typed")).isZero();
        assertThat(vault.values)
                .containsEntry("smtp/password", List.of(CANARY))
                .containsEntry("tls/key", List.of("two\nlines"))
                .containsEntry("typed", List.of("typed"));
    }

    @Test
    void what_is_no_value_is_refused() {
        withVault();

        assertThat(screen.piping("").run("secret-set a --stdin")).isEqualTo(1);
        assertThat(screen.err()).contains("the standard input is empty");
        assertThat(screen.piping("x".repeat(65_537)).run("secret-set a --stdin"))
                .isEqualTo(1);
        assertThat(screen.run("secret-set a --stdin --file /x")).isEqualTo(2);
        assertThat(screen.run("secret-set a --file relative")).isEqualTo(2);
        assertThat(screen.run("secret-set a")).isEqualTo(1);
        assertThat(screen.err()).contains("--stdin or --file PATH");
        assertThat(screen.typing("one", "other").run("secret-set a")).isEqualTo(1);
        assertThat(vault.values).isEmpty();
    }

    @Test
    void secrets_are_listed_shown_and_rotated() {
        withVault().piping("first").run("secret-set proxmox/token --stdin");
        screen.piping("second").run("secret-set proxmox/token --stdin");

        screen.run("secret-list");
        assertThat(screen.out()).contains("proxmox/token  2").contains("yes").doesNotContain("second");
        screen.run("secret-get proxmox/token");
        assertThat(screen.out()).isEqualTo("second" + System.lineSeparator());
        screen.run("secret-get proxmox/token --version 1 --json");
        assertThat(screen.out().strip()).isEqualTo("{\"name\":\"proxmox/token\",\"value\":\"first\"}");
        screen.run("secret-get proxmox/token --base64");
        assertThat(screen.out().strip()).isEqualTo("c2Vjb25k");
        assertThat(screen.run("secret-get proxmox/token --version 0")).isEqualTo(2);
        screen.run("secret-history proxmox/token");
        assertThat(screen.out()).contains("2        2026-01-02 03:04:05");
        assertThat(screen.run("secret-rotate proxmox/token")).isZero();
        assertThat(screen.out()).contains("version 3");
        assertThat(screen.run("secret-delete proxmox/token")).isZero();
        assertThat(screen.run("secret-delete proxmox/token")).isEqualTo(1);
        assertThat(screen.err()).contains("no secret proxmox/token");
    }

    @Test
    void every_change_and_every_look_at_a_value_is_recorded_and_no_value_is() {
        withVault().piping(CANARY).run("secret-set a --stdin");
        screen.run("secret-get a");
        screen.run("vault-rotate");

        assertThat(screen.audit.entries)
                .extracting(entry -> entry.event().action())
                .containsExactly("manage:vault", "manage:secrets", "reveal:secrets", "manage:vault");
        assertThat(screen.audit.entries.toString())
                .contains("hw:secret-get a")
                .doesNotContain(CANARY)
                .doesNotContain(PASSPHRASE);
    }
}
