package org.hearthwatch.access.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.access.Access;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnattendedSetupTest {

    @TempDir
    Path folder;

    private Access access;

    @BeforeEach
    void open() {
        access = new Access(
                folder.resolve("access"),
                Settings.of(Configs.defaults(AccessConfig.class)),
                TestClock.atStart(),
                new SecureRandom(),
                Optional::empty);
    }

    @Test
    void makes_the_administrator_with_the_first_line_of_the_file() throws Exception {
        setUp("Admin", file("four unrelated words\nand a remark\n")).run(access);

        assertThat(access.setup().needed()).isFalse();
        assertThat(access.sessions()
                        .signIn("admin", Secret.of("four unrelated words"), "127.0.0.1")
                        .principal()
                        .name())
                .isEqualTo("admin");
    }

    @Test
    void does_nothing_when_nothing_is_asked() throws Exception {
        new UnattendedSetup(Map.of()).run(access);

        assertThat(access.setup().needed()).isTrue();
    }

    @Test
    void says_what_is_missing() {
        assertThatThrownBy(() -> new UnattendedSetup(Map.of(UnattendedSetup.USER, "admin")).run(access))
                .hasMessageContaining("HEARTHWATCH_SETUP_PASSWORD_FILE is not set");
        assertThatThrownBy(() -> new UnattendedSetup(Map.of(UnattendedSetup.PASSWORD_FILE, "x")).run(access))
                .hasMessageContaining("HEARTHWATCH_SETUP_USER is not set");
        assertThatThrownBy(() -> setUp("admin", folder.resolve("nowhere")).run(access))
                .hasMessageContaining("nowhere");
    }

    @Test
    void says_what_is_wrong_without_the_password() throws Exception {
        Path weak = file("password123\n");
        Path empty = file("\nfour unrelated words\n");

        assertThatThrownBy(() -> setUp("admin", weak).run(access))
                .hasMessageContaining("everybody tries first")
                .hasMessageNotContaining("password123");
        assertThatThrownBy(() -> setUp("admin", empty).run(access)).hasMessageContaining("first line");
        assertThatThrownBy(
                        () -> setUp("not a name", file("four unrelated words")).run(access))
                .hasMessageContaining("user name");
        assertThat(access.setup().needed()).isTrue();
    }

    private Path file(String content) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "password", ""), content);
    }

    private static UnattendedSetup setUp(String user, Path file) {
        return new UnattendedSetup(Map.of(UnattendedSetup.USER, user, UnattendedSetup.PASSWORD_FILE, file.toString()));
    }
}
