package org.hearthwatch.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarReaderTest {

    private static final long LIMIT = 4 << 20;

    @TempDir
    Path folder;

    @Test
    void says_what_the_manifest_says() throws Exception {
        PluginJar jar = read(TestJar.bundle("com.example.spool;singleton:=true")
                .header("Bundle-Name", "Spool watcher")
                .header("Bundle-Version", "1.2.3")
                .header("Bundle-Vendor", "Example"));

        assertThat(jar.symbolicName()).isEqualTo("com.example.spool");
        assertThat(jar.name()).isEqualTo("Spool watcher");
        assertThat(jar.version()).isEqualTo("1.2.3");
        assertThat(jar.vendor()).contains("Example");
        assertThat(jar.asksFor()).isEmpty();
    }

    @Test
    void lacking_words_have_defaults() throws Exception {
        PluginJar jar = read(TestJar.empty()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", "com.example.spool"));

        assertThat(jar.name()).isEqualTo("com.example.spool");
        assertThat(jar.version()).isEqualTo("0.0.0");
        assertThat(jar.vendor()).isEqualTo(Optional.empty());
    }

    @Test
    void a_file_that_is_no_jar_may_only_be_incomplete() throws Exception {
        Path file = Files.writeString(folder.resolve("a.jar"), "not a jar");

        assertThat(refusal(file).isIncomplete()).isTrue();
    }

    @Test
    void a_jar_cut_off_may_only_be_incomplete() throws Exception {
        byte[] whole = TestJar.bundle("com.example.spool")
                .entry("data", new byte[10_000])
                .bytes();
        Path file = Files.write(folder.resolve("a.jar"), Arrays.copyOf(whole, whole.length - 30));

        assertThat(refusal(file).isIncomplete()).isTrue();
    }

    @Test
    void a_plain_jar_is_no_plugin() throws Exception {
        assertThat(refusal(TestJar.empty().write(folder.resolve("a.jar"))))
                .hasMessageContaining("no OSGi bundle")
                .hasMessageContaining("bnd-maven-plugin");
    }

    @Test
    void a_fragment_is_refused() {
        assertRefused(TestJar.bundle("com.example.spool").header("Fragment-Host", "org.hearthwatch.store"), "fragment");
    }

    @Test
    void the_name_of_a_bundle_of_the_appliance_is_refused() {
        assertRefused(TestJar.bundle("org.hearthwatch.store"), "bundle of the appliance");
    }

    @Test
    void the_appliances_inner_packages_are_not_for_plugins() {
        assertRefused(
                TestJar.bundle("com.example.spool")
                        .header("Import-Package", "org.hearthwatch.api.collect,org.hearthwatch.store"),
                "imports org.hearthwatch.store");
    }

    @Test
    void a_package_the_appliance_exports_cannot_be_stood_in_for() {
        assertRefused(
                TestJar.bundle("com.example.spool").header("Export-Package", "org.slf4j;version=99"),
                "exports the package org.slf4j");
    }

    @Test
    void other_bundles_cannot_be_required() {
        assertRefused(
                TestJar.bundle("com.example.spool").header("Require-Bundle", "org.hearthwatch.api,org.eclipse.jetty"),
                "requires the bundle org.eclipse.jetty");
    }

    @Test
    void a_longer_file_than_allowed_is_refused_before_it_is_read() throws Exception {
        Path file = Files.write(folder.resolve("a.jar"), new byte[(int) LIMIT + 1]);

        assertThat(refusal(file)).hasMessageContaining("maxFileSize");
    }

    @Test
    void a_class_that_unpacks_to_too_much_is_refused() {
        assertRefused(
                TestJar.bundle("com.example.spool").entry("Bomb.class", new byte[9 << 20]), "unpacks to too much");
    }

    @Test
    void a_jar_inside_that_unpacks_to_too_much_is_refused() throws Exception {
        byte[] bomb = TestJar.empty().entry("zeros", new byte[64 << 20]).bytes();
        TestJar bundle = TestJar.bundle("com.example.spool");
        for (int i = 0; i < 5; i++) {
            bundle.entry("lib" + i + ".jar", bomb);
        }

        assertRefused(bundle, "unpacks to too much");
    }

    @Test
    void a_manifest_of_monstrous_length_is_refused() {
        assertRefused(
                TestJar.bundle("com.example.spool").header("X", "x".repeat(300 << 10)),
                "unpacks to too much at META-INF");
    }

    @Test
    void more_entries_than_anyone_needs_are_refused() {
        TestJar bundle = TestJar.bundle("com.example.spool");
        byte[] smallest = TestJar.classFile("A", "class A {}");
        for (int i = 0; i <= JarReader.MOST_ENTRIES; i++) {
            bundle.entry("A" + i + ".class", smallest);
        }

        assertRefused(bundle, "entries");
    }

    @Test
    void an_entry_that_points_outside_is_refused() {
        assertRefused(TestJar.bundle("com.example.spool").entry("../../etc/passwd", new byte[1]), "points outside");
    }

    @Test
    void bytes_that_only_claim_to_be_a_class_are_refused() {
        assertRefused(
                TestJar.bundle("com.example.spool").entry("A.class", "nonsense".getBytes(StandardCharsets.UTF_8)),
                "cannot be read: A.class");
    }

    @Test
    void a_symbolic_name_with_odd_characters_is_refused() {
        assertRefused(TestJar.bundle("com.example/../../x"), "Bundle-SymbolicName");
    }

    @Test
    void tells_what_its_code_asks_for() throws Exception {
        PluginJar jar = read(TestJar.bundle("com.example.greedy")
                .header("Bundle-Activator", "com.example.Greedy")
                .header("Import-Package", "org.osgi.framework,org.hearthwatch.api.secret")
                .header("Export-Package", "com.example")
                .source("com.example.Greedy", """
                        package com.example;
                        public class Greedy extends Thread {
                            native void call();
                            void end() throws Exception {
                                System.exit(1);
                                new ProcessBuilder("rm").start();
                                Greedy.class.getDeclaredField("x").setAccessible(true);
                                new java.net.Socket("example.com", 80);
                            }
                        }
                        """));

        assertThat(jar.asksFor())
                .containsExactlyInAnyOrder(
                        Wish.EXIT.sentence(),
                        Wish.NATIVE_CODE.sentence(),
                        Wish.PROGRAMS.sentence() + ", which it does not declare",
                        Wish.REFLECTION.sentence(),
                        Wish.NETWORK.sentence() + ", which it does not declare",
                        Wish.THREADS.sentence(),
                        Wish.ACTIVATOR.sentence(),
                        Wish.FRAMEWORK.sentence(),
                        Wish.ACCESS.sentence(),
                        "to offer packages to other bundles: com.example");
        assertThat(jar.classes()).containsExactly("com.example.Greedy");
    }

    @Test
    void looks_into_the_jars_on_its_class_path_too() throws Exception {
        byte[] library = TestJar.empty()
                .source(
                        "lib.Quits",
                        "package lib; class Quits { static Runnable r = () -> Runtime.getRuntime().halt(3); }")
                .bytes();

        PluginJar jar = read(TestJar.bundle("com.example.spool").entry("lib/quits.jar", library));

        assertThat(jar.asksFor()).containsExactly(Wish.EXIT.sentence());
        assertThat(jar.classes()).containsExactly("lib.Quits");
    }

    private void assertRefused(TestJar jar, String why) {
        assertThatThrownBy(() -> read(jar))
                .isInstanceOf(UnfitJarException.class)
                .hasMessageContaining(why);
    }

    private UnfitJarException refusal(Path file) {
        return catchThrowableOfType(UnfitJarException.class, () -> read(file));
    }

    private PluginJar read(TestJar jar) throws IOException, UnfitJarException {
        return read(jar.write(folder.resolve("plugin.jar")));
    }

    private static PluginJar read(Path file) throws IOException, UnfitJarException {
        return JarReader.read(file, LIMIT, new Surroundings(Set.of("org.hearthwatch.store"), Set.of("org.slf4j")));
    }
}
