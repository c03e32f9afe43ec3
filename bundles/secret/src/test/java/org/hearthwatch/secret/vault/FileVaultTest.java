package org.hearthwatch.secret.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hearthwatch.secret.vault.VaultFolder.PASSPHRASE;
import static org.hearthwatch.secret.vault.VaultFolder.passphrase;
import static org.hearthwatch.secret.vault.VaultFolder.text;
import static org.hearthwatch.secret.vault.VaultFolder.typed;
import static org.hearthwatch.secret.vault.VaultFolder.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.NewSlot.Kdf;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.secret.crypto.KeyPair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVaultTest {

    private static final SlotKey UNATTENDED = new SlotKey.Unattended();

    @TempDir
    Path directory;

    private VaultFolder folder;

    @BeforeEach
    void folder() {
        folder = new VaultFolder(directory);
    }

    @Test
    void a_secret_is_there_after_a_restart() throws Exception {
        folder.records(folder.withKeyFile()).set("smtp/password", Secret.of("pässword"));

        assertThat(value(folder.records(folder.vault()), "smtp/password")).isEqualTo("pässword");
    }

    @Test
    void the_first_use_makes_a_vault_with_a_key_file_and_says_what_that_is_worth() throws Exception {
        FileVault vault = folder.vault();
        assertThat(vault.status().state()).isEqualTo(Vault.State.ABSENT);

        vault.unsealUnattended();

        assertThat(vault.slots()).extracting(VaultSlot::kind).containsExactly(VaultSlot.Kind.FILE);
        assertThat(vault.status().protections()).singleElement().asString().contains("a stolen disk or machine is not");
        assertThat(Files.getPosixFilePermissions(folder.keyFile))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(folder.path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void the_first_use_prefers_a_credential_of_systemd() throws Exception {
        folder.credential(MachineKeys.CREDENTIAL, new byte[32]);
        FileVault vault = folder.vault();

        vault.unsealUnattended();

        assertThat(vault.slots()).extracting(VaultSlot::kind).containsExactly(VaultSlot.Kind.CREDENTIAL);
        assertThat(folder.keyFile).doesNotExist();
        folder.vault().unsealUnattended();
        Files.write(folder.credentials.resolve(MachineKeys.CREDENTIAL), new byte[33]);
        refused(
                Kind.WRONG_KEY,
                "slot 1 (credential, first-start)",
                () -> folder.vault().unsealUnattended());
        Files.write(folder.credentials.resolve(MachineKeys.CREDENTIAL), new byte[31]);
        refused(Kind.INVALID, "has 31 bytes", () -> folder.vault().unsealUnattended());
    }

    @Test
    void a_passphrase_opens_and_another_does_not() throws Exception {
        folder.vault().create(passphrase("ann", Kdf.ARGON2ID));
        FileVault vault = folder.vault();

        refused(Kind.WRONG_KEY, "slot 1 (passphrase, ann)", () -> vault.unseal(typed("not that one at all"), false));
        assertThat(vault.isOpen()).isFalse();
        refused(Kind.WRONG_KEY, "no slot that opens with this machine alone", () -> vault.unsealUnattended());

        assertThat(vault.unseal(typed(PASSPHRASE), false).strength()).isEqualTo("argon2id m=65536 t=3 p=4");
        assertThat(vault.status().unattended()).isFalse();
    }

    @Test
    void pbkdf2_is_there_for_who_needs_it() throws Exception {
        folder.vault().create(passphrase("ann", Kdf.PBKDF2));

        assertThat(folder.vault().unseal(typed(PASSPHRASE), false).strength()).isEqualTo("pbkdf2-sha256 i=600000");
    }

    @Test
    void a_weak_passphrase_is_refused_before_anything_is_made() {
        for (String weak : List.of("short", "aaaaaaaaaaaaaaa", "abcabcabcabcabc")) {
            refused(
                    Kind.INVALID,
                    "five unrelated words",
                    () -> folder.vault().create(new NewSlot.Passphrase("x", Secret.of(weak), Kdf.ARGON2ID)));
        }
        assertThat(folder.path).doesNotExist();
    }

    @Test
    void what_is_sealed_by_hand_stays_so_until_it_is_unsealed() throws Exception {
        FileVault vault = folder.withKeyFile();
        SecretStore secrets = folder.records(vault);
        vault.seal();

        refused(Kind.SEALED, "hw:vault-unseal", secrets::list);
        assertThat(vault.status().state()).isEqualTo(Vault.State.SEALED);
        vault.unseal(UNATTENDED, false);
        assertThat(secrets.list()).isEmpty();
    }

    @Test
    void former_versions_stay_a_few_and_then_go() throws Exception {
        SecretStore secrets = folder.records(folder.withKeyFile());
        for (int i = 1; i <= 7; i++) {
            folder.clock.advance(Duration.ofHours(1));
            secrets.set("token", Secret.of("value " + i));
        }

        assertThat(secrets.history("token"))
                .extracting(SecretStore.Version::number)
                .containsExactly(7, 6, 5, 4, 3);
        assertThat(text(secrets.get("token", OptionalInt.of(4)))).isEqualTo("value 4");
        refused(Kind.UNKNOWN, "of version 2", () -> secrets.get("token", OptionalInt.of(2)));
        assertThat(secrets.list()).singleElement().satisfies(info -> {
            assertThat(info.version()).isEqualTo(7);
            assertThat(info.changed()).isEqualTo(folder.clock.instant());
        });
        secrets.delete("token");
        assertThat(secrets.list()).isEmpty();
        refused(Kind.UNKNOWN, "has no secret token", () -> secrets.delete("token"));
    }

    @Test
    void names_and_sizes_have_bounds() throws Exception {
        SecretStore secrets = folder.records(folder.withKeyFile());

        for (String name : List.of("", "/", "a//b", "a/", ".hidden", "a/.b", "ä", "a b", "x".repeat(129), "a\nb")) {
            refused(Kind.INVALID, "letters, digits", () -> secrets.set(name, Secret.of("x")));
        }
        refused(Kind.INVALID, "not 65537", () -> secrets.set("big", Secret.of("x".repeat(65_537))));
        refused(Kind.INVALID, "not 0", () -> secrets.set("empty", Secret.of("")));
        secrets.set("x".repeat(128), Secret.of("x".repeat(65_536)));
        assertThat(Files.size(folder.path) % 4096).isZero();
    }

    @Test
    void rotation_makes_new_keys_and_every_slot_still_opens() throws Exception {
        FileVault vault = folder.withKeyFile();
        vault.addSlot(passphrase("ann", Kdf.PBKDF2));
        List<Secret> cards = vault.addShares("family", 3, 5);
        folder.records(vault).set("a/b", Secret.of("value"));
        folder.records(vault).set("a/b", Secret.of("newer"));
        Files.copy(folder.path, directory.resolve("before"));
        folder.clock.advance(Duration.ofDays(91));

        vault.rotate();

        assertThat(vault.status().keysSince()).contains(folder.clock.instant());
        for (SlotKey key : List.of(UNATTENDED, typed(PASSPHRASE), new SlotKey.Shares(cards.subList(1, 4)))) {
            FileVault again = folder.vault();
            again.unseal(key, false);
            assertThat(text(folder.records(again).get("a/b", OptionalInt.of(1))))
                    .isEqualTo("value");
            assertThat(value(folder.records(again), "a/b")).isEqualTo("newer");
        }
    }

    @Test
    void a_slot_that_was_removed_opens_nothing_that_comes_after() throws Exception {
        FileVault vault = folder.withKeyFile();
        int id = vault.addSlot(passphrase("ann", Kdf.PBKDF2)).id();

        vault.removeSlot(id);

        refused(
                Kind.WRONG_KEY,
                "no slot that opens with a passphrase",
                () -> folder.vault().unseal(typed(PASSPHRASE), false));
        refused(Kind.UNKNOWN, "no slot 2", () -> vault.removeSlot(id));
        refused(Kind.INVALID, "the only one", () -> vault.removeSlot(1));
        folder.credential("other", new byte[32]);
        assertThat(folder.vault()
                        .addSlot(new NewSlot.Credential("other", "other"))
                        .id())
                .isEqualTo(3);
    }

    @Test
    void enough_cards_open_it_and_can_be_tried_without_opening_it() throws Exception {
        FileVault vault = folder.withKeyFile();
        List<Secret> cards = vault.addShares("family", 3, 5);
        vault.seal();

        vault.testShares(cards.subList(2, 5));
        assertThat(vault.isOpen()).isFalse();
        refused(Kind.WRONG_KEY, "3 cards are needed, 2 were given", () -> vault.testShares(cards.subList(0, 2)));
        vault.unseal(new SlotKey.Shares(cards.subList(0, 3)), false);
        assertThat(vault.isOpen()).isTrue();
        assertThat(vault.slots())
                .last()
                .satisfies(slot -> assertThat(slot.strength()).matches("set=[0-9a-f]{4} threshold=3 shares=5"));
    }

    @Test
    void any_enough_cards_give_the_private_half_of_a_key_that_stands_in_the_vault() throws Exception {
        FileVault vault = folder.withKeyFile();
        assertThat(vault.cardKeys()).isEmpty();
        List<Secret> cards = vault.addShares("family", 2, 3);
        vault.seal();

        for (List<Secret> enough :
                List.of(cards.subList(0, 2), cards.subList(1, 3), List.of(cards.get(2), cards.get(0)))) {
            try (Secret key = vault.cardKey(enough);
                    KeyPair pair = KeyPair.of(key.reveal())) {
                assertThat(vault.cardKeys()).containsExactly(pair.publicKey());
            }
        }
        refused(Kind.WRONG_KEY, "2 cards are needed, 1 were given", () -> vault.cardKey(cards.subList(0, 1)));
        // What is kept apart from the cards says nothing of the key that opens the vault.
        assertThat(vault.slots())
                .last()
                .satisfies(slot -> assertThat(slot.strength()).doesNotContain("age="));
    }

    @Test
    void an_older_file_put_back_stays_sealed_until_somebody_accepts_it() throws Exception {
        FileVault vault = folder.withKeyFile();
        folder.records(vault).set("a", Secret.of("old"));
        Path older = Files.copy(folder.path, directory.resolve("older"));
        folder.records(vault).set("a", Secret.of("new"));
        folder.records(vault).set("a", Secret.of("newest"));
        Files.delete(folder.path);
        Files.copy(older, folder.path, StandardCopyOption.COPY_ATTRIBUTES);

        FileVault again = folder.vault();
        refused(
                Kind.ROLLED_BACK,
                "has generation 2, older than generation 4 in the audit log",
                again::unsealUnattended);
        assertThat(again.isOpen()).isFalse();
        assertThat(again.status().problem())
                .hasValueSatisfying(text -> assertThat(text).contains("--accept-rollback"));

        again.unseal(UNATTENDED, true);
        assertThat(value(folder.records(again), "a")).isEqualTo("old");
        assertThat(again.status().generation()).isEqualTo(OptionalLong.of(5));
        folder.vault().unsealUnattended();
    }

    @Test
    void an_audit_log_that_comes_later_seals_an_older_vault_again() throws Exception {
        FileVault vault = folder.withKeyFile();
        vault.checkGeneration();
        assertThat(folder.anchored).containsEntry(FileVault.ANCHOR, 1L);
        folder.anchored.put(FileVault.ANCHOR, 9L);

        refused(Kind.ROLLED_BACK, "older than generation 9", vault::checkGeneration);
        assertThat(vault.isOpen()).isFalse();
    }

    @Test
    void a_vault_that_is_gone_is_not_quietly_replaced() {
        folder.anchored.put(FileVault.ANCHOR, 43L);
        FileVault vault = folder.vault();

        refused(Kind.ABSENT, "knows a vault of generation 43", vault::unsealUnattended);
        assertThat(folder.path).doesNotExist();
        assertThat(vault.status().problem()).isPresent();
    }

    @Test
    void there_is_one_vault() throws Exception {
        FileVault vault = folder.withKeyFile();

        refused(Kind.EXISTS, "a vault already", () -> vault.create(new NewSlot.KeyFile("again")));
    }

    @Test
    void notes_of_bundles_are_apart_from_secrets() throws Exception {
        Records records = folder.records(folder.withKeyFile());
        records.notes().write("audit/head", Secret.of("12"));
        records.notes().write("audit/head", Secret.of("13"));

        assertThat(records.list()).isEmpty();
        refused(Kind.UNKNOWN, "no secret", () -> records.get("audit/head", OptionalInt.empty()));
        assertThat(records.notes().read("audit/head"))
                .hasValueSatisfying(note -> assertThat(text(note)).isEqualTo("13"));
        assertThat(records.notes().read("audit/other")).isEmpty();
    }

    private static void refused(Kind kind, String message, ThrowingCallable call) {
        assertThatExceptionOfType(VaultException.class).isThrownBy(call).satisfies(e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e).hasMessageContaining(message);
        });
    }
}
