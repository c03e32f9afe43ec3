package org.hearthwatch.transport.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.hearthwatch.api.config.SettingsFile;
import org.hearthwatch.api.security.SecurityProfile;
import org.hearthwatch.api.security.SecurityProfiles.PinnedSetting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProfilesTest {

    private static final String TRANSPORT = """
            # Where connections go.
            #egress = any

            # Old hosts.
            tls12Hosts = printer.lan, \\
              scanner.lan
            #last = 1
            """;

    @TempDir
    Path folder;

    private SecurityProfile chosen = SecurityProfile.STANDARD;
    private FileProfiles profiles;

    @BeforeEach
    void files() throws Exception {
        Files.writeString(folder.resolve("org.hearthwatch.transport.cfg"), TRANSPORT);
        profiles = new FileProfiles(folder, () -> chosen);
    }

    @Test
    void looking_changes_nothing() throws Exception {
        assertThat(profiles.settings(SecurityProfile.HIGH)).anySatisfy(setting -> {
            assertThat(setting.key()).isEqualTo("egress");
            assertThat(setting.now()).isEmpty();
            assertThat(setting.wanted()).contains("listed");
            assertThat(setting.holds()).isFalse();
        });
        assertThat(transport()).isEqualTo(TRANSPORT);
    }

    @Test
    void a_profile_stands_in_the_files_with_every_comment_where_it_was() throws Exception {
        profiles.choose(SecurityProfile.HIGH);

        assertThat(transport()).isEqualTo("""
                # Where connections go.
                #egress = any
                egress = listed

                # Old hosts.
                #last = 1
                profile = high
                """);
        assertThat(Files.readString(folder.resolve("org.hearthwatch.access.cfg")))
                .isEqualTo("""
                sessionIdle = 30m
                sessionLifetime = 12h
                freeAttempts = 2
                longestWait = 15m
                secondFactorForAdministrators = true
                """);
        assertThat(Files.readString(folder.resolve("org.hearthwatch.plugin.cfg")))
                .isEqualTo("unsigned = refuse\n");
        assertThat(Files.readString(folder.resolve("org.hearthwatch.audit.cfg")))
                .isEqualTo("encryptFull = true\n");
        assertThat(Files.readString(folder.resolve("org.hearthwatch.backup.cfg")))
                .isEqualTo("encryptLogs = true\n");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("org.hearthwatch.access.cfg"))))
                .isEqualTo("rw-------");
        assertThat(profiles.settings(SecurityProfile.HIGH)).allMatch(PinnedSetting::holds);
    }

    @Test
    void from_one_profile_to_the_next_only_the_difference_is_written() throws Exception {
        profiles.choose(SecurityProfile.HIGH);

        assertThat(profiles.choose(SecurityProfile.AIRGAP))
                .extracting(PinnedSetting::key)
                .containsExactly("egress");
        assertThat(transport()).contains("egress = private", "profile = airgap").doesNotContain("listed");
    }

    @Test
    void back_to_standard_takes_out_what_a_profile_set_and_leaves_what_a_person_set() throws Exception {
        profiles.choose(SecurityProfile.HIGH);
        set("org.hearthwatch.access", "sessionIdle", "5m");

        profiles.choose(SecurityProfile.STANDARD);

        assertThat(transport()).doesNotContain("listed", "profile =");
        assertThat(Files.readString(folder.resolve("org.hearthwatch.access.cfg")))
                .isEqualTo("sessionIdle = 5m\n");
    }

    @Test
    void a_value_changed_by_hand_no_longer_holds() throws Exception {
        profiles.choose(SecurityProfile.HIGH);
        set("org.hearthwatch.transport", "egress", "any");

        assertThat(profiles.settings(SecurityProfile.HIGH))
                .filteredOn(setting -> !setting.holds())
                .extracting(PinnedSetting::key)
                .containsExactly("egress");
    }

    private void set(String pid, String key, String value) throws IOException {
        new SettingsFile(folder.resolve(pid + ".cfg")).set(key, Optional.of(value));
    }

    private String transport() throws IOException {
        return Files.readString(folder.resolve("org.hearthwatch.transport.cfg"));
    }
}
