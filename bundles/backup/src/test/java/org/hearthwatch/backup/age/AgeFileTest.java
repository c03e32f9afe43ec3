package org.hearthwatch.backup.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgeFileTest {

    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    Path directory;

    private final SecureRandom random = new SecureRandom();
    private final Identity.Key owner = Identity.Key.random(random);

    @Test
    void chacha20_poly1305_gives_what_rfc_8439_says() throws Exception {
        byte[] key = HEX.parseHex("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0");
        byte[] nonce = HEX.parseHex("000000000102030405060708");
        byte[] plain = "Internet-Drafts are draft documents".getBytes(StandardCharsets.US_ASCII);

        byte[] sealed = Primitives.seal(key, nonce, plain, plain.length);

        var jdk = Cipher.getInstance("ChaCha20-Poly1305");
        jdk.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        assertThat(sealed).isEqualTo(jdk.doFinal(plain));
        assertThat(Primitives.open(key, nonce, sealed, sealed.length)).isEqualTo(plain);
    }

    @Test
    void scrypt_gives_what_rfc_7914_says() {
        byte[] key = SCrypt.generate(
                "pleaseletmein".getBytes(StandardCharsets.US_ASCII),
                "SodiumChloride".getBytes(StandardCharsets.US_ASCII),
                16384,
                8,
                1,
                64);

        assertThat(HEX.formatHex(key)).startsWith("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
    }

    @Test
    void keys_are_written_as_age_writes_them() {
        var key = Recipient.Key.parse("age1lvyvwawkr0mcnnnncaghunadrqkmuf9e6507x9y920xxpp866cnql7dp2z");
        assertThat(key.text()).isEqualTo("age1lvyvwawkr0mcnnnncaghunadrqkmuf9e6507x9y920xxpp866cnql7dp2z");
        assertThat(Identity.Key.parse(owner.text()).recipient().text())
                .isEqualTo(owner.recipient().text());
        for (String wrong : List.of(
                "age1lvyvwawkr0mcnnnncaghunadrqkmuf9e6507x9y920xxpp866cnql7dp2y",
                "age1lvyvwawkr0mcnnnncaghunadrqkmuf9e6507x9y920xxpp866cnql7dp2Z",
                "age1",
                "",
                "ssh-ed25519 AAAA")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Recipient.Key.parse(wrong));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.Key.parse(owner.text() + "Q"))
                .withMessageNotContaining(owner.text());
    }

    @Test
    void whatever_is_written_comes_back() throws Exception {
        ForAll.cases(30, source -> {
                    int[] sizes = {0, 1, AgeFile.CHUNK - 1, AgeFile.CHUNK, AgeFile.CHUNK + 1, 2 * AgeFile.CHUNK};
                    byte[] bytes = new byte
                            [source.nextBoolean()
                                    ? sizes[source.nextInt(sizes.length)]
                                    : source.nextInt(3 * AgeFile.CHUNK)];
                    source.nextBytes(bytes);
                    return bytes;
                })
                .check(plain -> assertThat(decrypt(encrypt(plain, owner.recipient()), owner))
                        .isEqualTo(plain));
    }

    @Test
    void no_byte_of_a_small_file_may_change_or_be_missing() throws Exception {
        byte[] file = encrypt("content".getBytes(StandardCharsets.US_ASCII), owner.recipient());
        for (int at = 0; at < file.length; at++) {
            byte[] changed = file.clone();
            changed[at] ^= 4;
            refused(changed);
            refused(Arrays.copyOf(file, at));
        }
        refused(Arrays.copyOf(file, file.length + 1));
    }

    @Test
    void a_file_cut_between_two_chunks_is_refused() throws Exception {
        byte[] file = encrypt(new byte[3 * AgeFile.CHUNK], owner.recipient());
        int header = file.length - 3 * (AgeFile.CHUNK + Primitives.TAG);
        for (int chunks = 0; chunks < 3; chunks++) {
            refused(Arrays.copyOf(file, header + chunks * (AgeFile.CHUNK + Primitives.TAG)));
        }
    }

    @Test
    void a_passphrase_asks_for_no_more_memory_than_there_is() throws Exception {
        byte[] file = encrypt(new byte[10], new Recipient.Passphrase(new byte[] {'p'}, 10));
        assertThat(decrypt(file, new Identity.Passphrase(new byte[] {'p'}))).hasSize(10);

        String text = new String(file, StandardCharsets.ISO_8859_1);
        for (String factor : List.of(" 22\n", " 99\n", " 0\n", " 010\n", " x\n")) {
            byte[] asking = text.replaceFirst(" 10\n", factor).getBytes(StandardCharsets.ISO_8859_1);
            assertThatExceptionOfType(AgeException.class)
                    .isThrownBy(() -> decrypt(asking, new Identity.Passphrase(new byte[] {'p'})));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AgeFile.encrypt(
                        new ByteArrayOutputStream(),
                        List.of(owner.recipient(), new Recipient.Passphrase(new byte[] {'p'}, 10)),
                        random));
    }

    @Test
    void the_age_program_opens_ours_and_we_open_its() throws Exception {
        assumeTrue(hasAge(), "needs the age program (Debian: age)");
        byte[] plain = new byte[5 * AgeFile.CHUNK + 12_345];
        random.nextBytes(plain);
        Path key = Files.writeString(directory.resolve("key"), owner.text() + "\n");
        Path ours = Files.write(
                directory.resolve("ours"),
                encrypt(plain, Identity.Key.random(random).recipient(), owner.recipient()));
        Path original = Files.write(directory.resolve("plain"), plain);
        Path opened = directory.resolve("opened");
        Path theirs = directory.resolve("theirs");

        assertThat(run("age", "-d", "-i", key.toString(), "-o", opened.toString(), ours.toString()))
                .isZero();
        assertThat(Files.readAllBytes(opened)).isEqualTo(plain);
        assertThat(run("age", "-r", owner.recipient().text(), "-o", theirs.toString(), original.toString()))
                .isZero();
        assertThat(decrypt(Files.readAllBytes(theirs), owner)).isEqualTo(plain);
    }

    private static boolean hasAge() throws InterruptedException {
        try {
            return run("age", "--version") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private byte[] encrypt(byte[] plain, Recipient... recipients) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var encrypted = AgeFile.encrypt(out, List.of(recipients), random)) {
            // In pieces that fit no chunk.
            for (int at = 0; at < plain.length; at += 10_007) {
                encrypted.write(plain, at, Math.min(10_007, plain.length - at));
            }
        }
        return out.toByteArray();
    }

    private static byte[] decrypt(byte[] file, Identity identity) throws IOException {
        try (var in = AgeFile.decrypt(new ByteArrayInputStream(file), identity)) {
            return in.readAllBytes();
        }
    }

    private void refused(byte[] file) {
        assertThatExceptionOfType(AgeException.class).isThrownBy(() -> decrypt(file, owner));
    }
}
