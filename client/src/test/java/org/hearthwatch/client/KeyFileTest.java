package org.hearthwatch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    Path folder;

    // A coordinate is short once in 256 keys; both files must still agree.
    @RepeatedTest(600)
    void both_files_hold_the_same_key_as_an_independent_reader_sees_it() throws Exception {
        var file = folder.resolve("id");

        KeyFile.create(file, "somebody");

        var pair = new FileKeyPairProvider(file).loadKeys(null).iterator().next();
        var published = AuthorizedKeyEntry.parseAuthorizedKeyEntry(
                        Files.readString(folder.resolve("id.pub")).strip())
                .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
        assertThat(KeyUtils.compareKeys(pair.getPublic(), published)).isTrue();
    }

    @Test
    void the_private_key_is_for_its_owner_only() throws Exception {
        KeyFile.create(folder.resolve("id"), "somebody");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("id"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_key_that_is_there_stays() throws Exception {
        KeyFile.create(folder.resolve("id"), "somebody");

        assertThatThrownBy(() -> KeyFile.create(folder.resolve("id"), "somebody"))
                .isInstanceOf(FileAlreadyExistsException.class);
    }
}
