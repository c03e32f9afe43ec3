package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private final FakeBackups backups = new FakeBackups();
    private final TestScreen screen = new TestScreen().with(Backups.class, backups);

    @Test
    void a_backup_is_made_and_listed_with_what_should_be_known() {
        screen.run("backup-list");
        assertThat(screen.out()).contains("hw:backup-create");

        assertThat(screen.run("backup-create --samples")).isZero();
        assertThat(screen.out()).contains("/backups/one.tar.age").contains("Only this appliance can open");
        screen.run("backup-list");
        assertThat(screen.out())
                .contains("2026-01-02 03:04:05")
                .contains("hearthwatch/backup+key")
                .contains("LAST TRIAL FAILED: one.tar.age");
        screen.run("backup-list --json");
        assertThat(screen.out().strip())
                .isEqualTo(
                        "[{\"file\":\"/backups/one.tar.age\",\"created\":1767323045,\"bytes\":4096,\"signed\":true}]");
        assertThat(screen.audit.entries)
                .extracting(entry -> entry.event().action())
                .containsExactly("manage:backups");
    }

    @Test
    void an_archive_is_verified_by_the_key_that_is_named() throws Exception {
        Path identity = Files.writeString(folder.resolve("key.txt"), "# mine\nAGE-SECRET-KEY-1X\n");

        assertThat(screen.run("backup-verify /b/one.tar.age --deep --identity " + identity + " --verifier v"))
                .isZero();
        assertThat(screen.out()).contains("6 files").contains("Every file in it");
        assertThat(backups.openings).containsExactly("# mine\nAGE-SECRET-KEY-1X\n v false");
        assertThat(screen.piping("a long passphrase\n")
                        .run("backup-verify /b/one.tar.age --passphrase --password-stdin --accept-unsigned --json"))
                .isZero();
        assertThat(backups.openings).last().isEqualTo("a long passphrase - true");
        assertThat(screen.out()).contains("\"signature\":\"right\"");
        assertThat(screen.audit.entries.toString()).doesNotContain("a long passphrase");
    }

    @Test
    void what_is_no_archive_or_key_is_refused() {
        assertThat(screen.run("backup-verify relative")).isEqualTo(2);
        assertThat(screen.run("backup-verify /b --identity relative")).isEqualTo(2);
        assertThat(screen.run("backup-verify /b --identity /nowhere/key")).isEqualTo(1);
        assertThat(screen.run("backup-verify /b --verifier /nowhere/key")).isEqualTo(1);
        assertThat(screen.run("backup-verify /b --identity /x --passphrase")).isEqualTo(2);
        assertThat(screen.run("backup-verify /b/damaged")).isEqualTo(1);
        assertThat(screen.err()).contains("part 3 of it was changed");
    }

    @Test
    void a_restore_waits_and_can_be_taken_back() {
        assertThat(screen.run("backup-restore")).isEqualTo(2);
        assertThat(screen.run("backup-restore /b/one.tar.age")).isZero();
        assertThat(screen.out()).contains("next start").contains("--accept-rollback");
        assertThat(screen.run("backup-restore --cancel")).isZero();
        assertThat(screen.out()).contains("taken back");
        assertThat(screen.run("backup-restore --cancel")).isZero();
        assertThat(screen.out()).contains("No restore was waiting");
    }

    @Test
    void a_drill_says_what_it_found() {
        assertThat(screen.run("backup-drill /b/one.tar.age")).isZero();
        assertThat(screen.out()).contains("vault: opens by this machine, 3 secrets");
    }

    @Test
    void share_cards_open_an_archive() {
        assertThat(screen.piping("card 1\ncard 2\n").run("backup-drill /b/one.tar.age --shares --cards-stdin"))
                .isZero();
        assertThat(backups.openings).containsExactly("card 1|card 2");
        assertThat(screen.run("backup-drill /b/one.tar.age --shares --passphrase"))
                .isEqualTo(2);
    }

    /** Backups that are always the same one. */
    private static final class FakeBackups implements Backups {

        final List<Archive> archives = new ArrayList<>();
        final List<String> openings = new ArrayList<>();
        boolean waiting;

        @Override
        public List<Archive> list() {
            return archives;
        }

        @Override
        public Archive create(boolean samples) {
            archives.add(new Archive(Path.of("/backups/one.tar.age"), NOW, 4096, true));
            return archives.get(0);
        }

        @Override
        public Contents verify(Path file, boolean deep, Opening opening) throws BackupException {
            if (file.endsWith("damaged")) {
                throw new BackupException("The archive is of no use: part 3 of it was changed");
            }
            String key = opening.key().map(FakeBackups::text).orElse("own");
            openings.add(key + " " + opening.verifier().orElse("-") + " " + opening.unsigned());
            return new Contents(NOW, "0.1.0", 6, 1234, false, "right");
        }

        private static String text(Key key) {
            List<Secret> secrets = key instanceof Key.Cards cards
                    ? cards.cards()
                    : List.of(key instanceof Key.Identity identity ? identity.value() : ((Key.Passphrase) key).value());
            return secrets.stream()
                    .map(secret -> new String(secret.reveal(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("|"));
        }

        @Override
        public List<String> drill(Path file, Opening opening) {
            opening.key().ifPresent(key -> openings.add(text(key)));
            return List.of("signature: right", "vault: opens by this machine, 3 secrets");
        }

        @Override
        public Contents restore(Path file, Opening opening) throws BackupException {
            waiting = true;
            return verify(file, true, opening);
        }

        @Override
        public boolean cancelRestore() {
            boolean was = waiting;
            waiting = false;
            return was;
        }

        @Override
        public List<String> warnings() {
            return List.of("Only this appliance can open its backups");
        }

        @Override
        public Optional<Drill> lastDrill() {
            return Optional.of(new Drill(NOW, "one.tar.age", false, List.of("part 3 of it was changed")));
        }

        @Override
        public String verifier() {
            return "hearthwatch/backup+key";
        }
    }
}
