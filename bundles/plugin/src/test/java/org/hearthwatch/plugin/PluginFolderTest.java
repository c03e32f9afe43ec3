package org.hearthwatch.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.Plugin.State;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.hearthwatch.plugin.jar.Digests;
import org.hearthwatch.plugin.jar.TestJar;
import org.hearthwatch.plugin.trust.TrustFolder;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {

    private static final String NAME = "com.example.spool";

    @TempDir
    Path home;

    final FakeHost host = new FakeHost();
    final TestClock clock = TestClock.atStart();
    Path folder;
    PluginFolder plugins;

    @BeforeEach
    void begin() throws IOException {
        folder = home.resolve("deploy");
        plugins = restarted();
    }

    @Test
    void an_unknown_jar_is_shown_in_quarantine_and_not_given_to_the_framework() throws Exception {
        drop("spool.jar", "1.0.0");

        assertThat(only().state()).isEqualTo(State.QUARANTINED);
        assertThat(only().reason().orElseThrow()).contains("none of its code has run");
        assertThat(only().symbolicName()).isEqualTo(NAME);
        assertThat(host.events).isEmpty();
    }

    @Test
    void an_approved_one_starts_from_a_copy_of_the_approved_bytes() throws Exception {
        Path file = drop("spool.jar", "1.0.0");

        Plugin approved = plugins.approve(only().sha256(), "ada");

        assertThat(approved.state()).isEqualTo(State.RUNNING);
        assertThat(host.digests).containsEntry(NAME, Digests.of(file));
        assertThat(host.events).containsExactly("start " + NAME + " 1.0.0");
    }

    @Test
    void the_first_twelve_digits_will_do() throws Exception {
        drop("spool.jar", "1.0.0");

        assertThat(plugins.approve(only().sha256().substring(0, 12), "ada").state())
                .isEqualTo(State.RUNNING);
        assertThatThrownBy(() -> plugins.approve(only().sha256().substring(0, 11), "ada"))
                .isInstanceOf(PluginRefusal.class)
                .hasMessageContaining("12 digits");
    }

    @Test
    void an_unknown_digest_is_refused() {
        assertThatThrownBy(() -> plugins.approve("0123456789abcdef", "ada"))
                .isInstanceOf(PluginRefusal.class)
                .hasMessageContaining("No plugin has");
    }

    @Test
    void bytes_changed_between_the_look_and_the_approval_do_not_start() throws Exception {
        drop("spool.jar", "1.0.0");
        String sha256 = only().sha256();
        write("spool.jar", "6.6.6");

        Plugin approved = plugins.approve(sha256, "mallory");

        assertThat(approved.state()).isEqualTo(State.FAILED);
        assertThat(approved.reason().orElseThrow()).contains("changed after it was approved");
        assertThat(host.events).isEmpty();
    }

    @Test
    void an_approved_plugin_starts_again_with_the_appliance() throws Exception {
        drop("spool.jar", "1.0.0");
        plugins.approve(only().sha256(), "ada");
        plugins.close();

        plugins = restarted();
        plugins.scan();

        assertThat(only().state()).isEqualTo(State.RUNNING);
        assertThat(host.events).containsExactly("start " + NAME + " 1.0.0", "stop " + NAME, "start " + NAME + " 1.0.0");
    }

    @Test
    void a_plugin_whose_file_went_while_the_appliance_was_off_does_not_stay() throws Exception {
        Path file = drop("spool.jar", "1.0.0");
        plugins.approve(only().sha256(), "ada");
        plugins.close();
        Files.delete(file);

        plugins = restarted();
        plugins.scan();

        assertThat(plugins.list()).isEmpty();
        assertThat(host.digests).isEmpty();
    }

    @Test
    void taking_the_file_away_stops_the_plugin_and_leaves_no_copy() throws Exception {
        Path file = drop("spool.jar", "1.0.0");
        plugins.approve(only().sha256(), "ada");

        Files.delete(file);
        plugins.scan();

        assertThat(plugins.list()).isEmpty();
        assertThat(host.digests).isEmpty();
        assertThat(copies()).isEmpty();
    }

    @Test
    void a_removed_plugin_must_be_approved_again_when_it_comes_back() throws Exception {
        Path file = drop("spool.jar", "1.0.0");
        plugins.approve(only().sha256(), "ada");

        plugins.remove(only().sha256());
        assertThat(file).doesNotExist();
        assertThat(host.digests).isEmpty();

        drop("spool.jar", "1.0.0");
        assertThat(only().state()).isEqualTo(State.QUARANTINED);
    }

    @Test
    void changed_bytes_are_in_quarantine_while_the_old_version_works_on() throws Exception {
        drop("spool.jar", "1.0.0");
        plugins.approve(only().sha256(), "ada");

        drop("spool.jar", "2.0.0");

        assertThat(plugins.list())
                .extracting(Plugin::version, Plugin::state)
                .containsExactlyInAnyOrder(tuple("1.0.0", State.RUNNING), tuple("2.0.0", State.QUARANTINED));
        assertThat(host.events).containsExactly("start " + NAME + " 1.0.0");
    }

    @Test
    void an_approved_new_version_takes_the_old_ones_place() throws Exception {
        drop("spool.jar", "1.0.0");
        plugins.approve(only().sha256(), "ada");
        drop("spool.jar", "2.0.0");

        plugins.approve(version("2.0.0").sha256(), "ada");

        assertThat(only().version()).isEqualTo("2.0.0");
        assertThat(only().state()).isEqualTo(State.RUNNING);
        assertThat(copies()).hasSize(1);
    }

    @Test
    void a_new_version_that_does_not_start_is_rolled_back() throws Exception {
        host.brokenVersions.add("2.0.0");
        drop("spool.jar", "1.0.0");
        plugins.approve(only().sha256(), "ada");
        drop("spool.jar", "2.0.0");

        Plugin approved = plugins.approve(version("2.0.0").sha256(), "ada");

        assertThat(approved.state()).isEqualTo(State.FAILED);
        assertThat(approved.reason().orElseThrow()).contains("on purpose").contains("Version 1.0.0 runs instead");
        assertThat(version("1.0.0").state()).isEqualTo(State.RUNNING);
        assertThat(host.digests).containsEntry(NAME, version("1.0.0").sha256());
        assertThat(plugins.tally().rollBacks()).isEqualTo(1);
    }

    @Test
    void of_two_versions_side_by_side_the_one_approved_last_runs() throws Exception {
        drop("spool-1.jar", "1.0.0");
        plugins.approve(only().sha256(), "ada");
        drop("spool-2.jar", "2.0.0");
        clock.advance(Duration.ofMinutes(1));
        plugins.approve(version("2.0.0").sha256(), "ada");

        assertThat(version("1.0.0").reason().orElseThrow()).contains("gave way to spool-2.jar");
        assertThat(version("2.0.0").state()).isEqualTo(State.RUNNING);

        Files.delete(folder.resolve("spool-2.jar"));
        plugins.scan();
        assertThat(only().version()).isEqualTo("1.0.0");
        assertThat(only().state()).isEqualTo(State.QUARANTINED);
        assertThat(only().reason().orElseThrow()).contains("lower than 2.0.0");
        assertThat(plugins.approveDowngrade(only().sha256(), "ada").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void after_a_restart_a_version_that_fails_makes_way_for_the_one_before() throws Exception {
        drop("spool-1.jar", "1.0.0");
        plugins.approve(only().sha256(), "ada");
        drop("spool-2.jar", "2.0.0");
        clock.advance(Duration.ofMinutes(1));
        plugins.approve(version("2.0.0").sha256(), "ada");
        plugins.close();
        host.brokenVersions.add("2.0.0");

        plugins = restarted();
        plugins.scan();

        assertThat(version("2.0.0").state()).isEqualTo(State.FAILED);
        assertThat(version("1.0.0").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void a_failed_plugin_can_be_tried_again() throws Exception {
        host.brokenVersions.add("1.0.0");
        drop("spool.jar", "1.0.0");
        assertThat(plugins.approve(only().sha256(), "ada").state()).isEqualTo(State.FAILED);

        host.brokenVersions.clear();
        assertThat(plugins.approve(only().sha256(), "ada").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void a_refused_file_cannot_be_approved_but_removed() throws Exception {
        TestJar.bundle("org.hearthwatch.store").write(folder.resolve("store.jar"));
        plugins.scan();

        assertThat(only().state()).isEqualTo(State.REFUSED);
        assertThatThrownBy(() -> plugins.approve(only().sha256(), "ada"))
                .isInstanceOf(PluginRefusal.class)
                .hasMessageContaining("bundle of the appliance");

        plugins.remove(only().sha256());
        assertThat(folder.resolve("store.jar")).doesNotExist();
    }

    @Test
    void a_file_still_being_copied_is_waited_for() throws Exception {
        byte[] whole = TestJar.bundle(NAME).bytes();
        Path file = Files.write(folder.resolve("spool.jar"), Arrays.copyOf(whole, whole.length / 2));
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));

        assertThat(plugins.scan()).isTrue();
        assertThat(plugins.list()).isEmpty();

        Files.write(file, whole);
        assertThat(plugins.scan()).isFalse();
        assertThat(only().state()).isEqualTo(State.QUARANTINED);
    }

    @Test
    void a_file_that_stays_half_written_is_called_damaged() throws Exception {
        Path file = Files.writeString(folder.resolve("spool.jar"), "half");
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        plugins.scan();

        clock.advance(FolderView.PATIENCE);

        assertThat(plugins.scan()).isFalse();
        assertThat(only().state()).isEqualTo(State.REFUSED);
        assertThat(only().reason().orElseThrow()).contains("damaged");
    }

    @Test
    void the_same_bytes_twice_are_one_plugin() throws Exception {
        drop("a.jar", "1.0.0");
        Files.copy(folder.resolve("a.jar"), folder.resolve("b.jar"));
        plugins.scan();

        assertThat(plugins.list()).extracting(Plugin::state).containsExactly(State.QUARANTINED, State.REFUSED);
        assertThat(plugins.list().get(1).reason().orElseThrow()).contains("same bytes as a.jar");
    }

    @Test
    void more_jars_than_allowed_are_left_alone_and_counted() throws Exception {
        for (int i = 0; i < 6; i++) {
            TestJar.bundle(NAME + i).write(folder.resolve(i + ".jar"));
        }
        plugins.scan();

        assertThat(plugins.list()).hasSize(4);
        assertThat(plugins.ignored()).isEqualTo(2);
    }

    @Test
    void keeps_the_time_since_when_a_state_holds() throws Exception {
        drop("spool.jar", "1.0.0");
        clock.advance(Duration.ofHours(1));
        plugins.approve(only().sha256(), "ada");
        clock.advance(Duration.ofHours(1));
        drop("other.jar", "3.0.0");

        assertThat(version("1.0.0").since()).isEqualTo(TestClock.START.plus(Duration.ofHours(1)));
    }

    private PluginFolder restarted() throws IOException {
        return new PluginFolder(
                new PluginFolder.Place(folder, home.resolve("state"), false),
                host,
                new TrustFolder(home.resolve("trust"), clock),
                new Journal(Optional::empty),
                clock,
                new Settings(1 << 20, 4, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30), true));
    }

    private Path drop(String file, String version) throws IOException {
        Path written = write(file, version);
        plugins.scan();
        return written;
    }

    private Path write(String file, String version) throws IOException {
        Path fresh = TestJar.bundle(NAME).header("Bundle-Version", version).write(folder.resolve(file + ".part"));
        return Files.move(fresh, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private Plugin only() {
        assertThat(plugins.list()).hasSize(1);
        return plugins.list().get(0);
    }

    private Plugin version(String version) {
        return plugins.list().stream()
                .filter(plugin -> plugin.version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("state/bundles"))) {
            return all.toList();
        }
    }
}
