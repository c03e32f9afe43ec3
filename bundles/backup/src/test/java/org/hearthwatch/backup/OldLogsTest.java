package org.hearthwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.backup.age.AgeFile;
import org.hearthwatch.backup.age.Identity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldLogsTest {

    @TempDir
    Path directory;

    private final SecureRandom random = new SecureRandom();
    private final Identity.Key administrator = Identity.Key.random(random);
    private Machine machine;
    private Path folder;
    private OldLogs logs;

    @BeforeEach
    void logs() throws Exception {
        machine = new Machine(directory);
        folder = Files.createDirectory(directory.resolve("log"));
        logs = new OldLogs(
                folder,
                new OwnFiles(
                        machine.places, () -> Optional.of(machine), () -> List.of(administrator.recipient()), random));
    }

    private void log(String name, String content, int minute) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-03-01T12:00:00Z").plusSeconds(60L * minute)));
    }

    @Test
    void full_files_are_encrypted_and_the_one_that_is_written_stays() throws Exception {
        log("hearthwatch.log", "now", 9);
        log("hearthwatch.log.1", "first canary", 1);
        log("hearthwatch.log.2", "second", 2);

        assertThat(logs.seal()).isEqualTo(2);
        assertThat(logs.seal()).isZero();

        var tree = Machine.tree(folder);
        assertThat(tree)
                .containsOnlyKeys(
                        "hearthwatch.log",
                        "hearthwatch-20260301T120100000Z.log.age",
                        "hearthwatch-20260301T120200000Z.log.age");
        assertThat(tree.values()).noneMatch(content -> content.contains("canary"));
        try (var in = AgeFile.decrypt(
                Files.newInputStream(folder.resolve("hearthwatch-20260301T120100000Z.log.age")), administrator)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("first canary");
        }
    }

    @Test
    void the_newest_five_stay() throws Exception {
        for (int i = 0; i < 8; i++) {
            log("hearthwatch.log.1", "log " + i, i);
            logs.seal();
        }

        assertThat(Machine.tree(folder))
                .hasSize(OldLogs.MOST)
                .containsKey("hearthwatch-20260301T120700000Z.log.age")
                .doesNotContainKey("hearthwatch-20260301T120200000Z.log.age");
    }

    @Test
    void while_the_vault_is_sealed_they_stay_plain_for_the_next_time() throws Exception {
        machine.sealed = true;
        log("hearthwatch.log.1", "kept", 1);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(logs::seal)
                .withMessageContaining("The vault is sealed");

        assertThat(Machine.tree(folder)).containsEntry("hearthwatch-20260301T120100000Z.log", "kept");
        machine.sealed = false;
        assertThat(logs.seal()).isEqualTo(1);
    }
}
