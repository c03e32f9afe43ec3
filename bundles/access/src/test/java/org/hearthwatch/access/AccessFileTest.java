package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.access.AccessFixture.password;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessFileTest {

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.atStart();
    private Path file;

    @BeforeEach
    void fill() throws Exception {
        file = folder.resolve("access.json");
        var access = AccessFixture.open(folder, clock);
        access.users().add("admin", Set.of(Role.ADMIN), password());
        access.tokens().create("a", Scope.READ, Optional.empty());
    }

    @Test
    void only_its_owner_can_read_it_and_the_password_is_not_in_it() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).content().doesNotContain(AccessFixture.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"version\":1}",
                "{\"version\":2,\"users\":[],\"tokens\":[]}",
                "{\"version\":1,\"users\":[],\"tokens\":[],\"more\":1}",
                "{\"version\":1,\"version\":1,\"users\":[],\"tokens\":[]}",
                "{\"version\":1,\"users\":[],\"tokens\":[]} trailing",
                "{\"version\":1,\"users\":null,\"tokens\":[]}",
                "{\"version\":1,\"users\":[null],\"tokens\":[]}",
                "{\"version\":1,\"users\":[{\"name\":\"a\",\"scope\":\"god\",\"password\":\"x\",\"created\":\"x\",\"lastSignIn\":null}],\"tokens\":[]}"
            })
    void a_file_that_is_not_understood_is_refused_and_left_alone(String content) throws Exception {
        Files.writeString(file, content);

        assertThatThrownBy(() -> AccessFixture.open(folder, clock))
                .isInstanceOf(DamagedStateException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("restore it from a backup");
        assertThat(file).hasContent(content);
    }

    @Test
    void every_truncation_is_refused() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> AccessFixture.open(folder, clock))
                    .as("the first %d bytes", length)
                    .isInstanceOf(DamagedStateException.class);
        }
    }

    @Test
    void a_huge_file_is_not_read() throws Exception {
        Files.write(file, new byte[AccessFile.MOST_BYTES + 1]);

        assertThatThrownBy(() -> AccessFixture.open(folder, clock)).hasMessageContaining("longer than");
    }

    @Test
    void a_link_in_its_place_is_refused() throws Exception {
        Files.move(file, folder.resolve("elsewhere"));
        Files.createSymbolicLink(file, folder.resolve("elsewhere"));

        assertThatThrownBy(() -> AccessFixture.open(folder, clock)).hasMessageContaining("not a regular file");
    }

    @Test
    void what_a_crash_left_half_written_is_passed_over() throws Exception {
        Files.writeString(folder.resolve("access.json.next"), "{\"vers");

        var access = AccessFixture.open(folder, clock);
        access.users().add("other", Set.of(Role.VIEWER), password());

        assertThat(AccessFixture.open(folder, clock).users().list()).hasSize(2);
    }

    @Test
    void a_change_that_cannot_be_written_does_not_count() throws Exception {
        var access = AccessFixture.open(folder, clock);
        // A directory that is not empty cannot be removed to make room for the next file.
        Files.createDirectories(folder.resolve("access.json.next/full"));

        assertThatThrownBy(() -> access.users().add("other", Set.of(Role.VIEWER), password()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Nothing was changed");
        assertThat(access.users().list()).hasSize(1);
    }
}
