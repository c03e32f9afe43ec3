package org.hearthwatch.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.Plugin.State;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.hearthwatch.api.security.Promise;
import org.hearthwatch.plugin.jar.TestJar;
import org.hearthwatch.plugin.trust.KeyText.Role;
import org.hearthwatch.plugin.trust.Signer;
import org.hearthwatch.plugin.trust.TrustFolder;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in by a signature, and what does not: the hostile cases of plugins. */
class SignedPluginTest {

    private static final String NAME = "com.example.spool";
    private static final Signer ANN = new Signer("ann");
    private static final Signer MALLORY = new Signer("mallory");

    @TempDir
    Path home;

    private final FakeHost host = new FakeHost();
    private final TestClock clock = TestClock.atStart();
    private final Journals audit = new Journals();
    private boolean unsignedByApproval = true;
    private boolean safe;
    private Path folder;
    private Path keys;
    private TrustFolder trust;
    private PluginFolder plugins;

    /** An audit log that can be made to take nothing. */
    private static final class Journals implements AuditLog {

        final List<String> events = new ArrayList<>();
        boolean broken;

        @Override
        public long record(AuditEvent event) throws AuditUnavailableException {
            if (broken) {
                throw new AuditUnavailableException("the disk is full");
            }
            events.add(event.action() + " " + event.outcome().word() + " " + event.reason());
            return events.size();
        }
    }

    @BeforeEach
    void begin() throws IOException {
        folder = home.resolve("deploy");
        keys = home.resolve("trust");
        ANN.trustIn(keys);
        plugins = restarted();
    }

    @Test
    void one_signed_by_a_trusted_key_starts_at_once_and_is_on_record() throws Exception {
        signed("spool.jar", "1.0.0");

        assertThat(only().state()).isEqualTo(State.RUNNING);
        assertThat(only().signer()).contains("ann");
        assertThat(host.events).containsExactly("start " + NAME + " 1.0.0");
        assertThat(audit.events).containsExactly("plugin:install allowed signed by ann");
    }

    @Test
    void one_that_comes_before_its_signature_waits_for_it() throws Exception {
        Path file = write("spool.jar", "1.0.0");
        plugins.scan();
        assertThat(only().state()).isEqualTo(State.QUARANTINED);
        assertThat(only().reason().orElseThrow()).startsWith("It is not signed.");

        ANN.sign(file);
        plugins.scan();

        assertThat(only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void it_starts_again_with_the_appliance() throws Exception {
        signed("spool.jar", "1.0.0");
        plugins.close();

        plugins = restarted();
        plugins.scan();

        assertThat(only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void no_signature_is_quarantine_with_an_event() throws Exception {
        write("spool.jar", "1.0.0");
        plugins.scan();

        assertQuarantined("It is not signed.");
        assertThat(audit.events).singleElement().asString().startsWith("plugin:quarantine refused It is not signed.");
        assertThat(plugins.tally().quarantines()).isEqualTo(1);
    }

    @Test
    void the_signature_of_a_stranger_is_quarantine() throws Exception {
        MALLORY.sign(write("spool.jar", "1.0.0"));
        plugins.scan();

        assertQuarantined("by mallory, whom no key in etc/trust/ speaks for");
    }

    @Test
    void the_signature_of_an_expired_key_is_quarantine_but_what_came_in_before_stays() throws Exception {
        Files.writeString(
                keys.resolve("ann.pub"),
                ANN.publicKey(Role.PLUGIN, Optional.of(clock.instant().plusSeconds(60))));
        signed("spool.jar", "1.0.0");
        clock.advance(Duration.ofMinutes(2));
        plugins.close();
        plugins = restarted();
        plugins.scan();
        assertThat(only().state()).isEqualTo(State.RUNNING);

        Path file = other("other.jar");
        ANN.sign(file);
        plugins.scan();

        assertThat(named("com.example.other").state()).isEqualTo(State.QUARANTINED);
        assertThat(named("com.example.other").reason().orElseThrow()).contains("a key that expired at");
    }

    @Test
    void revoking_a_key_stops_what_it_let_in() throws Exception {
        signed("spool.jar", "1.0.0");

        trust.revoke(ANN.fingerprint(), "stolen", "root");
        plugins.use(settings());
        plugins.scan();

        assertQuarantined("The key that let it in, ann, was revoked.");
        assertThat(host.digests).isEmpty();
    }

    @Test
    void taking_a_key_out_of_the_folder_stops_what_it_let_in_and_putting_it_back_starts_it() throws Exception {
        signed("spool.jar", "1.0.0");

        Files.delete(keys.resolve("ann.pub"));
        plugins.scan();
        assertQuarantined("The key that let it in is no longer in etc/trust.");

        ANN.trustIn(keys);
        plugins.scan();
        assertThat(only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void a_right_signature_of_another_file_is_quarantine() throws Exception {
        Path right = home.resolve("right.jar");
        TestJar.bundle(NAME).header("Bundle-Version", "0.9.0").write(right);
        ANN.sign(right);
        Path file = write("spool.jar", "1.0.0");
        Files.copy(Signer.beside(right), Signer.beside(file));
        plugins.scan();

        assertQuarantined("Its signature by ann is one of other bytes");
    }

    @Test
    void a_signed_jar_with_one_entry_more_is_quarantine() throws Exception {
        Path file = write("spool.jar", "1.0.0");
        ANN.sign(file);
        add(file, "com/example/Extra.txt");
        plugins.scan();

        assertQuarantined("one of other bytes");
    }

    @Test
    void bytes_behind_the_end_of_the_archive_are_quarantine() throws Exception {
        Path file = write("spool.jar", "1.0.0");
        ANN.sign(file);
        Files.writeString(file, "#", StandardOpenOption.APPEND);
        plugins.scan();

        assertThat(only().state()).isIn(State.QUARANTINED, State.REFUSED);
        assertThat(host.events).isEmpty();
    }

    @Test
    void a_file_changed_while_it_runs_does_not_run_and_the_former_bytes_do_also_after_a_restart() throws Exception {
        Path file = signed("spool.jar", "1.0.0");
        String before = only().sha256();
        add(file, "com/example/Extra.txt");
        plugins.scan();
        assertThat(host.digests).containsEntry(NAME, before);

        plugins.close();
        plugins = restarted();
        plugins.scan();

        assertThat(host.digests).containsEntry(NAME, before);
        assertThat(plugins.list()).extracting(Plugin::state).containsExactlyInAnyOrder(State.RUNNING, State.QUARANTINED);
    }

    @Test
    void a_lower_version_is_quarantine_and_approving_it_is_refused_also_after_a_restart() throws Exception {
        signed("spool.jar", "2.0.0");
        plugins.remove(only().sha256());
        plugins.close();
        plugins = restarted();

        signed("spool.jar", "1.9.9");

        assertQuarantined("Its version 1.9.9 is lower than 2.0.0, which ran here before");
        assertThatThrownBy(() -> plugins.approve(only().sha256(), "ada"))
                .isInstanceOf(PluginRefusal.class)
                .hasMessageContaining("lower than 2.0.0");
        assertThat(plugins.approveDowngrade(only().sha256(), "ada").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void a_name_that_looks_like_another_is_refused() throws Exception {
        // The first letter is Cyrillic.
        Path file = TestJar.bundle("\u0441om.example.spool").write(folder.resolve("spool.jar"));
        ANN.sign(file);
        plugins.scan();

        assertThat(only().state()).isEqualTo(State.REFUSED);
        assertThat(only().reason().orElseThrow()).contains("other characters than A-Z a-z 0-9");
    }

    @Test
    void an_entry_that_points_outside_is_refused_whoever_signed_it() throws Exception {
        Path file = TestJar.bundle(NAME).entry("../../etc/x.cfg", new byte[1]).write(folder.resolve("spool.jar"));
        ANN.sign(file);
        plugins.scan();

        assertThat(only().state()).isEqualTo(State.REFUSED);
        assertThat(only().reason().orElseThrow()).contains("points outside");
        assertThatThrownBy(() -> plugins.approve(only().sha256(), "ada")).isInstanceOf(PluginRefusal.class);
    }

    @Test
    void a_file_of_two_gigabytes_is_refused_unread() throws Exception {
        try (var file = new RandomAccessFile(folder.resolve("spool.jar").toFile(), "rw")) {
            file.setLength(64L << 20);
        }
        plugins.scan();

        assertThat(only().state()).isEqualTo(State.REFUSED);
        assertThat(only().reason().orElseThrow()).contains("maxFileSize");
    }

    @Test
    void a_file_on_the_list_of_revoked_ones_is_stopped_and_cannot_be_approved() throws Exception {
        signed("spool.jar", "1.0.0");

        Files.writeString(keys.resolve("revoked"), "file " + only().sha256() + " it phones home\n");
        plugins.scan();

        assertQuarantined("on the list of what counts no more");
        assertThatThrownBy(() -> plugins.approve(only().sha256(), "ada")).hasMessageContaining("counts no more");
    }

    @Test
    void other_kinds_of_files_in_the_folder_are_left_alone() throws Exception {
        for (String name : List.of("x.cfg", "x.kar", "x.xml", "x.war", "x.sig", "x.jar.sig")) {
            Files.writeString(folder.resolve(name), "service.ranking = 1\n");
        }
        plugins.scan();

        assertThat(plugins.list()).isEmpty();
        assertThat(host.events).isEmpty();
    }

    @Test
    void where_only_signed_ones_run_approvals_by_people_count_for_nothing() throws Exception {
        write("spool.jar", "1.0.0");
        plugins.scan();
        plugins.approve(only().sha256(), "ada");

        unsignedByApproval = false;
        plugins.use(settings());
        plugins.scan();

        assertQuarantined("Only signed plugins run here");
        assertThatThrownBy(() -> plugins.approve(only().sha256(), "ada")).hasMessageContaining("Only signed plugins");
        ANN.sign(folder.resolve("spool.jar"));
        plugins.scan();
        assertThat(only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void nothing_comes_in_that_the_audit_log_does_not_take_and_it_comes_in_once_that_takes_it() throws Exception {
        audit.broken = true;
        signed("spool.jar", "1.0.0");
        assertQuarantined("could not be recorded in the audit log");

        audit.broken = false;
        plugins.scan();

        assertThat(only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void a_new_version_whose_collectors_stop_working_gives_way_to_the_former_one_for_good() throws Exception {
        signed("spool.jar", "1.0.0");
        host.working = Set.of("spool");
        write("spool.jar", "2.0.0");
        ANN.sign(folder.resolve("spool.jar"));
        plugins.scan();
        host.working = Set.of();
        plugins.scan();
        assertThat(host.events).endsWith("start " + NAME + " 2.0.0");

        clock.advance(Duration.ofSeconds(31));
        plugins.scan();

        assertThat(host.events).endsWith("start " + NAME + " 1.0.0");
        assertThat(version("2.0.0").state()).isEqualTo(State.FAILED);
        assertThat(version("2.0.0").reason().orElseThrow())
                .contains("worked in version 1.0.0 did not work within 30s: spool")
                .contains("Version 1.0.0 runs instead");
        assertThat(plugins.tally().rollBacks()).isEqualTo(1);
        assertThat(audit.events).anyMatch(event -> event.startsWith("plugin:roll-back"));

        plugins.close();
        plugins = restarted();
        plugins.scan();
        assertThat(version("1.0.0").state()).isEqualTo(State.RUNNING);
        assertThat(version("2.0.0").state()).isEqualTo(State.FAILED);
    }

    @Test
    void a_new_version_whose_collectors_work_stays_and_keeps_lower_ones_out() throws Exception {
        signed("spool.jar", "1.0.0");
        host.working = Set.of("spool");
        write("spool.jar", "2.0.0");
        ANN.sign(folder.resolve("spool.jar"));
        plugins.scan();
        clock.advance(Duration.ofSeconds(31));
        plugins.scan();
        assertThat(only().version()).isEqualTo("2.0.0");
        assertThat(only().state()).isEqualTo(State.RUNNING);

        write("spool.jar", "1.5.0");
        ANN.sign(folder.resolve("spool.jar"));
        plugins.scan();

        assertThat(version("1.5.0").state()).isEqualTo(State.QUARANTINED);
        assertThat(version("2.0.0").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void one_whose_start_the_process_did_not_survive_stays_off_and_the_others_start() throws Exception {
        signed("spool.jar", "1.0.0");
        ANN.sign(other("other.jar"));
        plugins.scan();
        String fatal = named(NAME).sha256();
        plugins.close();
        Files.writeString(home.resolve("state/starting"), fatal);

        plugins = restarted();
        plugins.scan();

        assertThat(named(NAME).state()).isEqualTo(State.FAILED);
        assertThat(named(NAME).reason().orElseThrow()).contains("The appliance ended while it started");
        assertThat(named("com.example.other").state()).isEqualTo(State.RUNNING);
        assertThat(plugins.approve(named(NAME).sha256(), "ada").state()).isEqualTo(State.RUNNING);
        assertThat(home.resolve("state/starting")).doesNotExist();
    }

    @Test
    void in_safe_mode_nothing_starts_and_everybody_is_told() throws Exception {
        signed("spool.jar", "1.0.0");
        plugins.close();
        host.events.clear();
        host.digests.clear();
        safe = true;

        plugins = restarted();
        plugins.scan();

        assertThat(only().state()).isEqualTo(State.SAFE_MODE);
        assertThat(host.events).isEmpty();
        var outlook = new Outlook(plugins, trust, true);
        assertThat(outlook.notices()).extracting(Finding::problem).first().asString().startsWith("SAFE MODE");
        assertThat(outlook.promises()).extracting(Promise::state).containsExactly(Promise.State.OFF);

        safe = false;
        plugins = restarted();
        plugins.scan();
        assertThat(only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void what_waits_or_is_wrong_is_told_at_a_glance() throws Exception {
        write("spool.jar", "1.0.0");
        Files.writeString(keys.resolve("bad.pub"), "name = x y\n");
        plugins.scan();

        var outlook = new Outlook(plugins, trust, false);

        assertThat(outlook.notices())
                .extracting(Finding::problem)
                .anyMatch(problem -> problem.startsWith("etc/trust/bad.pub:1: name has"))
                .anyMatch(problem -> problem.startsWith("1 files in the plugin folder are in quarantine"));
        assertThat(outlook.promises()).extracting(Promise::state).containsExactly(Promise.State.DEGRADED);
    }

    @Test
    void needs_are_shown_before_anything_runs() throws Exception {
        TestJar.bundle(NAME)
                .header("Hearthwatch-Needs", "net:192.168.0.0/16, secret:proxmox/*,exec:smartctl")
                .write(folder.resolve("spool.jar"));
        plugins.scan();

        assertThat(only().needs()).containsExactly("net:192.168.0.0/16", "secret:proxmox/*", "exec:smartctl");
        assertThat(only().state()).isEqualTo(State.QUARANTINED);
    }

    private Settings settings() {
        return new Settings(
                1 << 20,
                4,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                unsignedByApproval);
    }

    private PluginFolder restarted() throws IOException {
        trust = new TrustFolder(keys, clock);
        return new PluginFolder(
                new PluginFolder.Place(folder, home.resolve("state"), safe),
                host,
                trust,
                new Journal(() -> Optional.of(audit)),
                clock,
                settings());
    }

    private Path signed(String file, String version) throws IOException {
        Path written = write(file, version);
        ANN.sign(written);
        plugins.scan();
        return written;
    }

    private Path write(String file, String version) throws IOException {
        Path fresh = TestJar.bundle(NAME).header("Bundle-Version", version).write(folder.resolve(file + ".part"));
        return Files.move(fresh, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path other(String file) throws IOException {
        return TestJar.bundle("com.example.other").write(folder.resolve(file));
    }

    /** What jarsigner would still call verified. */
    private static void add(Path jar, String entry) throws IOException {
        Path fresh = jar.resolveSibling("fresh.part");
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(fresh))) {
            for (ZipEntry each : Collections.list(from.entries())) {
                to.putNextEntry(new ZipEntry(each.getName()));
                to.write(from.getInputStream(each).readAllBytes());
                to.closeEntry();
            }
            to.putNextEntry(new ZipEntry(entry));
            to.closeEntry();
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private void assertQuarantined(String reason) {
        assertThat(only().state()).isEqualTo(State.QUARANTINED);
        assertThat(only().reason().orElseThrow()).contains(reason);
        assertThat(host.digests).isEmpty();
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

    private Plugin named(String symbolicName) {
        return plugins.list().stream()
                .filter(plugin -> plugin.symbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow();
    }
}
