package org.hearthwatch.plugin.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.felix.framework.FrameworkFactory;
import org.hearthwatch.plugin.PluginHost.HostException;
import org.hearthwatch.plugin.Settings;
import org.hearthwatch.plugin.jar.ExitBarrier;
import org.hearthwatch.plugin.jar.JarReader;
import org.hearthwatch.plugin.jar.TestJar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.launch.Framework;

/** In a real framework, with plugins that behave well and badly. */
class FrameworkHostTest {

    private static final String NAME = "com.example.guest";

    @TempDir
    Path home;

    Framework framework;
    BundleContext context;
    FrameworkHost host;

    @BeforeEach
    void startFramework() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(new HashMap<>(Map.of(
                        Constants.FRAMEWORK_STORAGE, home.resolve("cache").toString(), "felix.log.level", "0")));
        framework.start();
        Bundle ours = framework
                .getBundleContext()
                .installBundle(
                        "ours",
                        new ByteArrayInputStream(
                                TestJar.bundle("org.hearthwatch.plugin").bytes()));
        ours.start();
        context = ours.getBundleContext();
        context.registerService(WeavingHook.class, new ExitWeaver(), null);
        var settings = new Settings(
                1 << 20, 4, Duration.ofMillis(500), Duration.ofMillis(300), Duration.ofSeconds(30), true);
        host = new FrameworkHost(context, () -> settings, Optional::empty);
    }

    @AfterEach
    void stopFramework() throws Exception {
        framework.stop();
        framework.waitForStop(5_000);
    }

    @Test
    void a_well_behaved_plugin_runs_and_goes_without_a_trace() throws Exception {
        start("1.0.0", "context.registerService(Runnable.class, () -> {}, null);");
        assertThat(context.getServiceReference(Runnable.class)).isNotNull();

        assertThat(host.remove(NAME)).isEmpty();

        assertThat(context.getServiceReference(Runnable.class)).isNull();
        assertThat(host.installed()).isEmpty();
        assertThat(host.strayThreads()).isZero();
    }

    @Test
    void a_plugin_does_not_come_up_by_itself_when_the_framework_starts_again() throws Exception {
        start("1.0.0", "");
        framework.stop();
        framework.waitForStop(5_000);
        framework.start();
        context = framework.getBundleContext();

        assertThat(guest().getState()).isNotEqualTo(Bundle.ACTIVE);
    }

    @Test
    void a_new_version_takes_the_place_and_the_data_of_the_old_one() throws Exception {
        start("1.0.0", "context.getDataFile(\"kept\").createNewFile();");

        start("2.0.0", "");

        assertThat(guest().getVersion()).hasToString("2.0.0");
        assertThat(guest().getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(guest().getDataFile("kept")).exists();
        assertThat(host.installed()).containsExactly(NAME);
    }

    @Test
    void one_that_throws_says_why() {
        assertThatThrownBy(() -> start("1.0.0", "throw new IllegalStateException(\"no spool\");"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("no spool");
    }

    @Test
    void one_that_cannot_be_resolved_says_what_it_lacks() {
        assertThatThrownBy(() -> host.start(
                        JarReader.read(missing(), 1 << 20, host.surroundings()), home.resolve("missing.jar")))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("com.example.nowhere");
    }

    @Test
    void one_that_hangs_in_its_start_is_given_up_and_uninstalled() throws Exception {
        assertThatThrownBy(() -> start("1.0.0", "Thread.sleep(60_000);"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("startTimeout");

        assertThat(host.remove(NAME)).isEmpty();
        assertThat(host.installed()).isEmpty();
    }

    @Test
    void one_that_hangs_again_after_its_interrupt_is_interrupted_again() throws Exception {
        assertThatThrownBy(() -> start("1.0.0", """
                        for (int i = 0; i < 3; i++) {
                            try { Thread.sleep(60_000); } catch (InterruptedException again) { }
                        }
                        """)).isInstanceOf(HostException.class);

        assertThat(host.remove(NAME)).isEmpty();
        assertThat(host.installed()).isEmpty();
    }

    @Test
    void a_thread_it_forgot_is_interrupted() throws Exception {
        start("1.0.0", """
                new Thread("forgotten") {
                    @Override public void run() {
                        try { Thread.sleep(60_000); } catch (InterruptedException end) { return; }
                    }
                }.start();
                """);

        assertThat(host.remove(NAME)).isEmpty();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("forgotten");
    }

    @Test
    void a_thread_of_another_plugin_with_the_same_classes_is_left_alone() throws Exception {
        String forgets = """
                Thread kept = new Thread(() -> {
                    try { Thread.sleep(60_000); } catch (InterruptedException end) { return; }
                }, "kept-by-" + context.getBundle().getSymbolicName());
                kept.setDaemon(true);
                kept.start();
                """;
        start("1.0.0", forgets);
        start(NAME + ".other", "1.0.0", forgets);

        assertThat(host.remove(NAME)).isEmpty();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .contains("kept-by-" + NAME + ".other")
                .doesNotContain("kept-by-" + NAME);
        assertThat(host.remove(NAME + ".other")).isEmpty();
    }

    @Test
    void a_thread_the_appliance_began_while_the_plugin_started_is_not_the_plugins() throws Exception {
        start("1.0.0", """
                Thread pool = new Thread(java.util.concurrent.locks.LockSupport::park, "hearthwatch-collect-7");
                pool.setDaemon(true);
                pool.start();
                """);

        assertThat(host.remove(NAME)).isEmpty();
        assertThat(host.strayThreads()).isZero();
    }

    @Test
    void a_thread_that_ignores_its_interrupt_is_counted_and_named() throws Exception {
        start("1.0.0", """
                Thread stubborn = new Thread(() -> {
                    long end = System.nanoTime() + 3_000_000_000L;
                    while (System.nanoTime() < end) { Thread.onSpinWait(); }
                }, "stubborn");
                stubborn.setDaemon(true);
                stubborn.start();
                """);

        assertThat(host.remove(NAME)).containsExactly("stubborn");

        assertThat(host.strayThreads()).isEqualTo(1);
        assertThat(host.installed()).isEmpty();
    }

    @Test
    void an_attempt_to_end_the_process_is_an_exception_in_the_plugin() {
        assertThatThrownBy(() -> start("1.0.0", "System.exit(3);"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining(ExitBarrier.MESSAGE);
    }

    @Test
    void knows_the_bundles_and_packages_that_are_not_plugins() throws Exception {
        start("1.0.0", "");

        assertThat(host.surroundings().bundles())
                .contains("org.apache.felix.framework")
                .doesNotContain(NAME);
        assertThat(host.surroundings().packages()).contains("org.osgi.framework");
    }

    private Bundle guest() {
        for (Bundle bundle : context.getBundles()) {
            if (NAME.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new AssertionError("There is no " + NAME);
    }

    private void start(String version, String body) throws Exception {
        start(NAME, version, body);
    }

    private void start(String name, String version, String body) throws Exception {
        Path jar = TestJar.bundle(name)
                .header("Bundle-Version", version)
                .header("Bundle-Activator", "com.example.Guest")
                .header("Import-Package", "org.osgi.framework")
                .source("com.example.Guest", """
                        package com.example;
                        public class Guest implements org.osgi.framework.BundleActivator {
                            @Override public void start(org.osgi.framework.BundleContext context) throws Exception {
                        """ + body + """
                            }
                            @Override public void stop(org.osgi.framework.BundleContext context) {}
                        }
                        """)
                .write(home.resolve(name + "-" + version + ".jar"));
        host.start(JarReader.read(jar, 1 << 20, host.surroundings()), jar);
    }

    private Path missing() throws Exception {
        return Objects.requireNonNull(TestJar.bundle(NAME)
                .header("Import-Package", "com.example.nowhere")
                .write(home.resolve("missing.jar")));
    }
}
