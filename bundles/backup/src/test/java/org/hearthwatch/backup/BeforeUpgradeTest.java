package org.hearthwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.backup.Backups;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeforeUpgradeTest {

    @TempDir
    Path directory;

    private Machine machine;

    @BeforeEach
    void machine() throws Exception {
        machine = new Machine(directory.resolve("one"));
    }

    @Test
    void another_program_than_the_last_begins_with_a_backup_that_the_open_vault_signs() throws Exception {
        ranBefore("0.1.0");
        machine.sealed = true;

        Path made = start("0.2.0").orElseThrow();

        assertThat(made).hasParent(directory.resolve("one/backups"));
        assertThat(made.getFileName().toString()).endsWith("-upgrade.tar.age");
        machine.sealed = false;
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> machine.archives().verify(made, true, Machine.OWN))
                .withMessageContaining("has no signature beside it");
        machine.archives().signWaiting();
        Backups.Contents contents = machine.archives().verify(made, true, Machine.OWN);
        assertThat(contents.version()).as("who wrote this state").isEqualTo("0.1.0");
        assertThat(contents.files()).isEqualTo(6);
    }

    @Test
    void the_same_program_makes_none() throws Exception {
        ranBefore("0.1.0");

        assertThat(start("0.1.0")).isEmpty();
        assertThat(start("0.2.0")).isPresent();
        assertThat(start("0.2.0")).isEmpty();
    }

    @Test
    void a_first_start_has_nothing_to_keep() throws Exception {
        assertThat(start("0.1.0")).isEmpty();
    }

    @Test
    void what_could_not_be_made_is_tried_again_at_the_next_start() throws Exception {
        start("0.1.0");

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> start("0.2.0"))
                    .withMessageContaining("no public key is known yet");
        }
    }

    @Test
    void an_archive_that_was_exchanged_before_it_was_signed_is_not_vouched_for() throws Exception {
        ranBefore("0.1.0");
        Path made = start("0.2.0").orElseThrow();
        Files.writeString(made, "another");

        machine.archives().signWaiting();

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> machine.archives().verify(made, true, Machine.OWN))
                .withMessageContaining("does not fit");
    }

    @Test
    void three_of_them_stay_whatever_else_is_made() throws Exception {
        ranBefore("0.1.0");
        for (int i = 2; i < 7; i++) {
            machine.clock.advance(Duration.ofDays(1));
            start("0." + i + ".0");
            machine.archives().signWaiting();
            machine.archives().create(false);
        }

        assertThat(machine.archives().list())
                .hasSize(6)
                .filteredOn(archive -> archive.name().contains("-upgrade"))
                .hasSize(3)
                .allMatch(Backups.Archive::signed);
    }

    private void ranBefore(String version) throws Exception {
        start(version);
        machine.archives().noteTarget();
        machine.archives().signWaiting();
    }

    private Optional<Path> start(String version) throws IOException {
        return new BeforeUpgrade(machine.places, machine.clock, new SecureRandom()).keep(version);
    }
}
