package org.hearthwatch.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.hearthwatch.plugin.trust.FileClaim;
import org.hearthwatch.plugin.trust.TrustFolder;
import org.hearthwatch.plugin.trust.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginSignTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path jar;

    @BeforeEach
    void begin() throws Exception {
        jar = Files.writeString(folder.resolve("spool.jar"), "the bytes of a plugin");
    }

    @Test
    void what_is_signed_with_a_new_key_comes_in_where_its_public_half_is_trusted() throws Exception {
        assertThat(run("plugin-key", "--out", folder.toString(), "ann@example.org")).isZero();
        assertThat(run("plugin-sign", jar.toString(), "--key", folder.resolve("ann_example.org.key").toString()))
                .isZero();

        Path store = Files.createDirectory(folder.resolve("trust"));
        Files.copy(folder.resolve("ann_example.org.pub"), store.resolve("ann.pub"));
        var trust = new TrustFolder(store, InstantSource.system());
        trust.refresh();
        byte[] bytes = Files.readAllBytes(jar);
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));

        assertThat(trust.check(
                        Files.readAllBytes(folder.resolve("spool.jar.sig")), new FileClaim(bytes.length, sha256)))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(text(out)).contains("signed by ann@example.org, SHA-256 " + sha256);
    }

    @Test
    void the_secret_is_for_its_owner_alone_and_never_printed() throws Exception {
        run("plugin-key", "--out", folder.toString(), "ann");
        Path key = folder.resolve("ann.key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("rw-------");
        String secret = Files.readAllLines(key).get(2);
        assertThat(text(out) + Files.readString(folder.resolve("ann.pub"))).doesNotContain(secret);

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("plugin-sign", jar.toString(), "--key", key.toString())).isEqualTo(1);
        assertThat(text(err)).contains("others may read or change");
        assertThat(folder.resolve("spool.jar.sig")).doesNotExist();
    }

    @Test
    void an_encrypted_key_signs_with_its_passphrase_only() throws Exception {
        Path right = Files.writeString(folder.resolve("right"), "correct horse\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "battery staple\n");
        run("plugin-key", "--out", folder.toString(), "--passphrase-file", right.toString(), "ann");
        String key = folder.resolve("ann.key").toString();

        assertThat(Files.readString(Path.of(key), StandardCharsets.ISO_8859_1)).startsWith("age-encryption.org/v1\n");
        assertThat(run("plugin-sign", jar.toString(), "--key", key)).isEqualTo(1);
        assertThat(run("plugin-sign", jar.toString(), "--key", key, "--passphrase-file", wrong.toString()))
                .isEqualTo(1);
        assertThat(text(err)).contains("give --passphrase-file", "does not open with this passphrase");
        assertThat(run("plugin-sign", jar.toString(), "--key", key, "--passphrase-file", right.toString()))
                .isZero();
    }

    @Test
    void a_key_that_is_there_is_not_overwritten() throws Exception {
        run("plugin-key", "--out", folder.toString(), "ann");
        String before = Files.readString(folder.resolve("ann.key"));

        assertThat(run("plugin-key", "--out", folder.toString(), "ann")).isEqualTo(1);

        assertThat(text(err)).contains("is there already");
        assertThat(Files.readString(folder.resolve("ann.key"))).isEqualTo(before);
    }

    @Test
    void words_that_are_not_understood_say_so() {
        assertThat(run("plugin-key", "a name")).isEqualTo(1);
        assertThat(run("plugin-key")).isEqualTo(1);
        assertThat(run("plugin-key", "--role", "all", "ann")).isEqualTo(1);
        assertThat(run("plugin-key", "--expires", "soon", "ann")).isEqualTo(1);
        assertThat(run("plugin-sign", jar.toString())).isEqualTo(1);
        assertThat(run("plugin-sign", "--key", jar.toString(), jar.toString())).isEqualTo(1);
        assertThat(text(err))
                .contains(
                        "a key's name has",
                        "plugin-key takes one NAME",
                        "--role takes",
                        "--expires takes a day",
                        "plugin-sign needs --key")
                .contains("spool.jar");
        assertThat(run("plugin-sign", "--help")).isZero();
    }

    private int run(String... words) {
        return Tools.run(
                List.of(words),
                new Output(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
