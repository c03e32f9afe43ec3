package org.hearthwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysInVaultTest {

    @TempDir
    Path directory;

    private final Notes notes = new Notes();
    private AuditFolder folder = new AuditFolder(Path.of("unset"));

    @BeforeEach
    void log() throws Exception {
        folder = new AuditFolder(directory.resolve("audit")).with(5);
        folder.vault = Optional.of(notes);
    }

    @Test
    void an_open_vault_takes_the_keys_and_their_files_go() throws Exception {
        try (var log = folder.open()) {
            String verifier = log.verifier();
            log.checkpoint();
            assertThat(log.useVault())
                    .hasValueSatisfying(words -> assertThat(words).contains("in the vault now"));

            assertThat(folder.path.resolve(KeyPlace.SIGNING_KEY)).doesNotExist();
            assertThat(folder.path.resolve(KeyPlace.FIRST_KEY)).doesNotExist();
            assertThat(log.verifier()).isEqualTo(verifier);
            log.checkpoint();
            assertThat(log.verify().problem()).isEmpty();
            assertThat(log.verify().checkpoints()).isEqualTo(3);
            assertThat(log.useVault()).isEmpty();
        }
    }

    @Test
    void while_the_vault_is_sealed_nothing_is_signed_and_all_else_goes_on() throws Exception {
        try (var log = folder.open()) {
            log.useVault();
        }
        notes.sealed = true;
        try (var log = folder.open()) {
            log.record(AuditFolder.event("on"));

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(log::checkpoint)
                    .withMessageContaining("The vault is sealed");
            assertThat(log.verify().problem()).isEmpty();
            log.export(directory.resolve("export"));
        }
    }

    @Test
    void a_sealed_vault_at_the_beginning_leaves_everything_as_it_is() throws Exception {
        notes.sealed = true;
        try (var log = folder.open()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(log::useVault);

            log.checkpoint();
            assertThat(folder.path.resolve(KeyPlace.SIGNING_KEY)).exists();
            assertThat(log.verify().problem()).isEmpty();
        }
    }

    @Test
    void a_log_that_is_shorter_than_the_vault_knows_is_found_out() throws Exception {
        List<String> before = folder.lines();
        byte[] key = Files.readAllBytes(folder.path.resolve(FileAuditLog.KEY));
        try (var log = folder.open()) {
            log.useVault();
            log.record(AuditFolder.event("to be forgotten"));
            log.checkpoint();
        }
        // All of it as it was before, as somebody would who can write the disk.
        folder.lines(before);
        Files.write(folder.path.resolve(FileAuditLog.KEY), key);
        Files.delete(folder.path.resolve(FileAuditLog.CHECKPOINTS));

        try (var log = folder.open()) {
            assertThat(log.damage()).isEmpty();
            assertThat(log.useVault())
                    .hasValueSatisfying(words ->
                            assertThat(words).contains("has 5 entries, fewer than the 6 that the vault knows of"));
            assertThat(log.damage()).isPresent();
            assertThat(log.verify().problem())
                    .hasValueSatisfying(words -> assertThat(words).contains("its end was cut off"));
        }
    }

    /** A vault's notes in memory. */
    private static final class Notes implements SealedNotes {

        private final Map<String, byte[]> kept = new HashMap<>();
        boolean sealed;

        @Override
        public Optional<Secret> read(String name) throws VaultException {
            check();
            return Optional.ofNullable(kept.get(name)).map(Secret::ofBytes);
        }

        @Override
        public void write(String name, Secret value) throws VaultException {
            check();
            kept.put(name, value.reveal());
        }

        private void check() throws VaultException {
            if (sealed) {
                throw new VaultException(VaultException.Kind.SEALED, "The vault is sealed");
            }
        }
    }
}
