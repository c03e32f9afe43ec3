package org.hearthwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hearthwatch.backup.Machine.OWN;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.backup.Backups.Opening;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.backup.age.Identity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {

    @TempDir
    Path directory;

    private Machine machine;

    @BeforeEach
    void machine() throws Exception {
        machine = new Machine(directory.resolve("one"));
    }

    @Test
    void an_archive_holds_settings_and_state_and_never_what_opens_the_vault() throws Exception {
        Backups.Archive made = machine.archives().create(false);

        Backups.Contents contents = machine.archives().verify(made.file(), true, OWN);
        assertThat(contents.files()).isEqualTo(6);
        assertThat(contents.samples()).isFalse();
        assertThat(contents.signature()).isEqualTo("right, by this appliance");
        assertThat(contents.created()).isEqualTo(machine.clock.instant());
        assertThat(machine.places.own().resolve("work")).doesNotExist();
        assertThat(Machine.tree(directory.resolve("one/backups")).toString()).doesNotContain("canary-of-the-key-file");
    }

    @Test
    void a_restore_waits_for_the_next_start_and_then_all_is_as_it_was() throws Exception {
        Map<String, String> before = Machine.tree(machine.places.home());
        Backups.Archive made = machine.archives().create(false);
        machine.put("home/etc/org.hearthwatch.store.cfg", "retention = 1d\n");
        machine.put("home/etc/new.cfg", "later\n");
        machine.put("home/state/hearthwatch/access/access.json", "{broken");
        machine.put("home/state/hearthwatch/audit/audit.jsonl", "entries and more");

        machine.archives().restore(made.file(), OWN);
        assertThat(machine.get("home/state/hearthwatch/access/access.json")).isEqualTo("{broken");
        assertThat(machine.archives().warnings()).anyMatch(warning -> warning.contains("waits for the next start"));
        assertThat(new PendingRestore(machine.places).apply()).hasSize(3);

        assertThat(machine.get("home/etc/org.hearthwatch.store.cfg")).isEqualTo("retention = 15d\n");
        assertThat(machine.places.etc().resolve("new.cfg")).doesNotExist();
        assertThat(machine.get("home/state/hearthwatch/access/access.json")).isEqualTo("{}");
        assertThat(machine.get("home/state/hearthwatch/vault/vault.key")).isEqualTo("canary-of-the-key-file");
        assertThat(machine.get("home/state/hearthwatch/audit/audit.jsonl"))
                .as("the audit log goes on")
                .isEqualTo("entries and more");
        assertThat(machine.get("home/state/hearthwatch/store/wal/0"))
                .isEqualTo(before.get("state/hearthwatch/store/wal/0"));
        assertThat(machine.get("home/state/restore/done/former/etc/new.cfg")).isEqualTo("later\n");
        assertThat(new PendingRestore(machine.places).apply()).isEmpty();
    }

    @Test
    void a_new_machine_gets_the_audit_log_too() throws Exception {
        var owner = Identity.Key.random(new SecureRandom());
        machine.recipients = List.of(owner.recipient());
        Backups.Archive made = machine.archives().create(false);
        var other = new Machine(directory.resolve("two"));
        Places.delete(other.places.home());
        var opening = new Opening(
                Optional.of(new Backups.Key.Identity(Secret.of("# created: today\n" + owner.text() + "\n"))),
                Optional.of(machine.archives().verifier()),
                false);

        other.archives().restore(made.file(), opening);
        new PendingRestore(other.places).apply();

        assertThat(other.get("home/state/hearthwatch/audit/audit.jsonl")).isEqualTo("entries");
        assertThat(other.get("home/etc/rules/own.yml")).isEqualTo("groups: []\n");
        assertThat(other.places.plugins()).doesNotExist();
    }

    @Test
    void another_appliance_needs_a_key_and_whose_signature_counts() throws Exception {
        Backups.Archive made = machine.archives().create(false);
        var other = new Machine(directory.resolve("two"));

        refused("another appliance made it", () -> other.archives().verify(made.file(), false, OWN));
        var trusting =
                new Opening(Optional.empty(), Optional.of(machine.archives().verifier()), false);
        refused("made for others", () -> other.archives().verify(made.file(), false, trusting));
        var someKey = new Opening(
                Optional.of(new Backups.Key.Identity(Secret.of("AGE-SECRET-KEY-1NONSENSE"))), Optional.empty(), true);
        refused("no private key of age", () -> other.archives().verify(made.file(), false, someKey));
    }

    @Test
    void one_that_cannot_be_ended_leaves_no_piece_behind() throws Exception {
        Path folder = directory.resolve("one/backups");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("hearthwatch-20200101-000000.tar.age.next"), "of one that crashed");
        machine.passphrase = Optional.of(new SecretRef("secret", "backup/passphrase"));
        // So that it is written, but cannot be signed.
        machine.sealed = true;

        refused("The vault is sealed", () -> machine.archives().create(false));

        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_passphrase_takes_the_place_of_keys() throws Exception {
        machine.passphrase = Optional.of(new SecretRef("secret", "backup/passphrase"));
        Backups.Archive made = machine.archives().create(false);

        assertThat(machine.archives().verify(made.file(), true, OWN).files()).isEqualTo(6);
        var wrong = new Opening(
                Optional.of(new Backups.Key.Passphrase(Secret.of("something else"))), Optional.empty(), false);
        refused("does not open with this passphrase", () -> machine.archives().verify(made.file(), false, wrong));
    }

    @Test
    void a_changed_archive_is_refused_even_where_no_signature_is_asked_for() throws Exception {
        Path file = machine.archives().create(false).file();
        var unsigned = new Opening(Optional.empty(), Optional.empty(), true);
        byte[] whole = Files.readAllBytes(file);
        int[] places = {0, 30, 60, 120, 200, 260, whole.length / 2, whole.length - 1};
        for (int at : places) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            refused("does not fit", () -> machine.archives().verify(file, true, OWN));
            refused("is of no use", () -> machine.archives().verify(file, true, unsigned));
        }
        for (int length : new int[] {0, 10, 100, 250, whole.length - 16, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused("is of no use", () -> machine.archives().restore(file, unsigned));
            assertThat(new PendingRestore(machine.places).isWaiting()).isFalse();
        }
        Files.write(file, whole);
        Files.delete(file.resolveSibling(file.getFileName() + ".sig"));
        refused("has no signature beside it", () -> machine.archives().verify(file, false, OWN));
        assertThat(machine.archives().verify(file, true, unsigned).signature()).isEqualTo("none that counts");
    }

    @Test
    void the_oldest_go_when_there_are_enough() throws Exception {
        for (int i = 0; i < 5; i++) {
            machine.clock.advance(Duration.ofDays(1));
            machine.archives().create(false);
        }

        assertThat(machine.archives().list()).hasSize(3).allMatch(Backups.Archive::signed);
        assertThat(machine.archives().list().get(0).created()).isEqualTo(machine.clock.instant());
        assertThat(Machine.tree(directory.resolve("one/backups"))).hasSize(6);
    }

    @Test
    void a_sealed_vault_makes_none_and_says_so() {
        machine.sealed = true;

        refused("The vault is sealed", () -> machine.archives().create(false));
        assertThat(machine.places.own().resolve("work")).doesNotExist();
    }

    @Test
    void a_drill_unpacks_tries_and_removes() throws Exception {
        Backups.Archive made = machine.archives().create(false);

        assertThat(machine.archives().drill(made.file(), OWN))
                .anyMatch(line -> line.contains("6 files"))
                .anyMatch(line -> line.contains("vault: not tried"));
        assertThat(machine.places.restore().resolve("drill")).doesNotExist();
    }

    @Test
    void how_the_last_drill_ended_is_known_after_a_restart_too() throws Exception {
        assertThat(machine.archives().lastDrill()).isEmpty();
        Backups.Archive made = machine.archives().create(false);
        machine.archives().drill(made.file(), OWN);
        assertThat(machine.archives().lastDrill())
                .hasValueSatisfying(drill -> assertThat(drill.passed()).isTrue());

        Files.writeString(made.file(), "damaged");
        refused("does not fit", () -> machine.archives().drill(made.file(), OWN));

        assertThat(machine.archives().lastDrill()).hasValueSatisfying(drill -> {
            assertThat(drill.passed()).isFalse();
            assertThat(drill.archive()).isEqualTo(made.name());
            assertThat(drill.found()).singleElement().asString().contains("does not fit");
        });
    }

    @Test
    void it_says_what_would_be_lost_with_this_machine() throws Exception {
        assertThat(machine.archives().warnings()).singleElement().asString().contains("Only this appliance can open");
        machine.archives().restore(machine.archives().create(false).file(), OWN);
        assertThat(machine.archives().cancelRestore()).isTrue();
        assertThat(machine.archives().cancelRestore()).isFalse();
    }

    @Test
    void share_cards_alone_open_an_archive_and_the_vault_in_it() throws Exception {
        var holders = new CardHolders();
        Backups.Archive without = machine.archives().create(false);
        machine.vault = Optional.of(holders.vault());
        machine.clock.advance(Duration.ofMinutes(1));
        Backups.Archive archive = machine.archives().create(false);
        // The vault with the appliance's own key is lost.
        machine.notes.clear();

        Opening cards =
                new Opening(Optional.of(new Backups.Key.Cards(holders.cards("a", "b"))), Optional.empty(), true);
        assertThat(machine.archives().drill(archive.file(), cards))
                .anyMatch(found -> found.contains("all as their manifest says"))
                .contains("vault: opens by the share cards, 3 secrets");
        assertThat(machine.archives().verify(archive.file(), true, cards).files())
                .isPositive();
        refused("it does not open with this key", () -> machine.archives().drill(without.file(), cards));
        refused(
                "2 cards are needed, 1 were given",
                () -> machine.archives()
                        .drill(
                                archive.file(),
                                new Opening(
                                        Optional.of(new Backups.Key.Cards(holders.cards("a"))),
                                        Optional.empty(),
                                        true)));
    }

    @Test
    void a_drill_fails_where_the_cards_do_not_open_the_vault_in_the_archive() throws Exception {
        var holders = new CardHolders();
        machine.vault = Optional.of(holders.vault());
        Backups.Archive archive = machine.archives().create(false);
        holders.changed = true;

        refused(
                "These cards open no slot",
                () -> machine.archives()
                        .drill(
                                archive.file(),
                                new Opening(
                                        Optional.of(new Backups.Key.Cards(holders.cards("a", "b"))),
                                        Optional.empty(),
                                        false)));
    }

    /** A vault as far as its cards go: two words are enough. */
    private static final class CardHolders {

        private final Identity.Key key = Identity.Key.random(new SecureRandom());
        boolean changed;

        List<Secret> cards(String... words) {
            return Stream.of(words).map(Secret::of).toList();
        }

        Vault vault() {
            return (Vault) Proxy.newProxyInstance(
                    Vault.class.getClassLoader(), new Class<?>[] {Vault.class}, (proxy, method, arguments) -> {
                        return switch (method.getName()) {
                            case "cardKeys" -> List.of(key.recipient().publicKey());
                            case "cardKey" -> {
                                enough((List<?>) arguments[0]);
                                yield Secret.ofBytes(key.privateKey());
                            }
                            case "probe" -> {
                                enough(((SlotKey.Shares) arguments[1]).cards());
                                if (changed) {
                                    throw new VaultException(Kind.WRONG_KEY, "These cards open no slot");
                                }
                                yield 3;
                            }
                            case "status" ->
                                new Vault.Status(
                                        Vault.State.SEALED,
                                        "",
                                        OptionalLong.empty(),
                                        1,
                                        0,
                                        "",
                                        Optional.empty(),
                                        0,
                                        false,
                                        List.of(),
                                        Optional.empty());
                            default -> List.of();
                        };
                    });
        }

        private static void enough(List<?> cards) throws VaultException {
            if (cards.size() < 2) {
                throw new VaultException(Kind.WRONG_KEY, "2 cards are needed, " + cards.size() + " were given");
            }
        }
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatExceptionOfType(BackupException.class).isThrownBy(call).withMessageContaining(message);
    }
}
