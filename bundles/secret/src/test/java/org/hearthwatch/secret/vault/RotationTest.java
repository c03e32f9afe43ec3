package org.hearthwatch.secret.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRotation;
import org.hearthwatch.api.secret.VaultException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationTest {

    private static final String NAME = "proxmox/token";

    @TempDir
    Path directory;

    private final Source source = new Source();
    private VaultFolder folder;
    private Records secrets;

    @BeforeEach
    void secret() throws Exception {
        folder = new VaultFolder(directory);
        folder.rotations.add(source);
        secrets = folder.records(folder.withKeyFile());
        secrets.set(NAME, Secret.of("first"));
        source.valid.add("first");
    }

    @Test
    void a_new_value_is_made_tried_kept_and_then_the_former_ended() throws Exception {
        assertThat(secrets.list())
                .singleElement()
                .satisfies(info -> assertThat(info.rotates()).isTrue());

        assertThat(secrets.rotate(NAME).version()).isEqualTo(2);

        assertThat(VaultFolder.value(secrets, NAME)).isEqualTo("made-1");
        assertThat(source.valid).containsExactly("made-1");
    }

    @Test
    void whichever_step_fails_a_value_that_works_is_kept() throws Exception {
        for (String step : List.of("create", "test", "end")) {
            source.failing = step;
            assertThatExceptionOfType(VaultException.class)
                    .isThrownBy(() -> secrets.rotate(NAME))
                    .withMessageContaining("the source is away");
            source.failing = "";
            assertThat(source.valid).as(step).contains(VaultFolder.value(secrets, NAME));
        }
        folder.disk = Disk.REAL;
        assertThat(secrets.history(NAME)).hasSize(2);
    }

    @Test
    void what_nobody_owns_is_changed_by_hand() throws Exception {
        secrets.set("smtp/password", Secret.of("x"));

        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> secrets.rotate("smtp/password"))
                .withMessageContaining("hw:secret-set smtp/password");
    }

    /** A server with tokens. */
    private static final class Source implements SecretRotation {

        final List<String> valid = new ArrayList<>();
        String failing = "";
        private int made;

        @Override
        public boolean owns(String name) {
            return name.equals(NAME);
        }

        @Override
        public Secret create(String name, Secret present) throws IOException {
            fail("create");
            valid.add("made-" + ++made);
            return Secret.of("made-" + made);
        }

        @Override
        public void test(String name, Secret fresh) throws IOException {
            fail("test");
        }

        @Override
        public void end(String name, Secret former) throws IOException {
            fail("end");
            valid.remove(VaultFolder.text(former));
        }

        private void fail(String step) throws IOException {
            if (step.equals(failing)) {
                throw new IOException("the source is away");
            }
        }
    }
}
