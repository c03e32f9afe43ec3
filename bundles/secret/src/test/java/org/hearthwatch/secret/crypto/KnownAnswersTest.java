package org.hearthwatch.secret.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

/** The vectors that the algorithms' own documents give. */
class KnownAnswersTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void argon2id_gives_what_rfc_9106_says() {
        // The vector has 32 KiB, far below what a vault may have; so it goes to the computation behind the bounds.
        byte[] tag = Stretching.Argon2id.compute(32, 3, 4, filled(16, 2), filled(32, 1), filled(8, 3), filled(12, 4));

        assertThat(HEX.formatHex(tag)).isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    @Test
    void hkdf_gives_what_rfc_5869_says() {
        byte[] okm = Hkdf.derive(
                filled(22, 0x0b), HEX.parseHex("000102030405060708090a0b0c"), HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"), 42);

        assertThat(HEX.formatHex(okm))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    @Test
    void hmac_gives_what_rfc_4231_says() {
        assertThat(HEX.formatHex(Hkdf.mac(filled(20, 0x0b), "Hi There".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    @Test
    void aes_gcm_gives_what_its_specification_says() throws Exception {
        byte[] key = HEX.parseHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
        byte[] nonce = HEX.parseHex("cafebabefacedbaddecaf888");
        byte[] plain = HEX.parseHex(
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449"
                        + "a6b525b16aedf5aa0de657ba637b39");
        byte[] bound = HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");

        byte[] sealed = Gcm.encrypt(key, nonce, plain, bound);

        assertThat(HEX.formatHex(sealed))
                .isEqualTo(
                        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
                                + "c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b");
        assertThat(Gcm.decrypt(key, nonce, sealed, bound)).isEqualTo(plain);
    }

    @Test
    void xaes_gives_what_c2sp_says() throws Exception {
        byte[] nonce = "ABCDEFGHIJKLMNOPQRSTUVWX".getBytes(StandardCharsets.US_ASCII);
        byte[] plain = "XAES-256-GCM".getBytes(StandardCharsets.US_ASCII);
        byte[] bound = "c2sp.org/XAES-256-GCM".getBytes(StandardCharsets.US_ASCII);

        assertThat(HEX.formatHex(Xaes.encrypt(filled(32, 1), nonce, plain, new byte[0])))
                .isEqualTo("ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
        assertThat(HEX.formatHex(Xaes.encrypt(filled(32, 3), nonce, plain, bound)))
                .isEqualTo("986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
    }

    @Test
    void x25519_gives_what_rfc_7748_says() throws Exception {
        var alice = KeyPair.of(HEX.parseHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
        byte[] bob = HEX.parseHex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");

        assertThat(HEX.formatHex(alice.publicKey()))
                .isEqualTo("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        assertThat(HEX.formatHex(KeyPair.agree(alice.privateKey().bytes(), bob).bytes()))
                .isEqualTo("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
        assertThatExceptionOfType(ForgedException.class)
                .isThrownBy(() -> KeyPair.agree(alice.privateKey().bytes(), new byte[32]));
    }

    @Test
    void whatever_was_encrypted_comes_back_and_no_bit_may_change() {
        ForAll.cases(200, random -> {
                    byte[] bytes = new byte[random.nextInt(200)];
                    random.nextBytes(bytes);
                    return bytes;
                })
                .check(plain -> {
                    byte[] nonce = Arrays.copyOf(plain, Xaes.NONCE_BYTES);
                    byte[] sealed = Xaes.encrypt(filled(32, 7), nonce, plain, plain);
                    assertThat(Xaes.decrypt(filled(32, 7), nonce, sealed, plain))
                            .isEqualTo(plain);
                    sealed[plain.length % sealed.length] ^= 0x10;
                    assertThatExceptionOfType(ForgedException.class)
                            .isThrownBy(() -> Xaes.decrypt(filled(32, 7), nonce, sealed, plain));
                });
    }

    @Test
    void parameters_outside_their_bounds_are_refused_before_anything_is_computed() {
        String salt = " salt=" + "00".repeat(16);
        for (String text : List.of(
                "argon2id m=8 t=3 p=4",
                "argon2id m=4194304 t=3 p=4",
                "argon2id m=65536 t=0 p=4",
                "argon2id m=65536 t=17 p=4",
                "argon2id m=65536 t=3 p=9",
                "argon2id m=19456 t=1 p=1",
                "argon2id m=99999999999 t=3 p=4",
                "argon2id m=065536 t=3 p=4",
                "argon2id m=65536 t=3 p=4 x=1",
                "argon2id m=65536 m=65536 t=3 p=4",
                "argon2d m=65536 t=3 p=4",
                "pbkdf2-sha256 i=1000",
                "pbkdf2-sha256 i=2000000000",
                "")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> Stretching.parse(text + salt));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Stretching.parse("argon2id m=65536 t=3 p=4 salt=00"));
        assertThat(Stretching.parse("argon2id m=65536 t=3 p=4" + salt).isWeak()).isFalse();
        assertThat(Stretching.parse("argon2id m=19456 t=2 p=1" + salt).isWeak()).isTrue();
        assertThat(Stretching.parse("pbkdf2-sha256 i=600000" + salt).isWeak()).isFalse();
    }

    @Test
    void pbkdf2_gives_what_another_program_gives() throws Exception {
        var spec = new PBEKeySpec("rivers".toCharArray(), filled(16, 5), 600_000, 256);
        byte[] expected = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256", "SunJCE")
                .generateSecret(spec)
                .getEncoded();

        assertThat(new Stretching.Pbkdf2(600_000, filled(16, 5))
                        .key("rivers".getBytes(StandardCharsets.US_ASCII))
                        .bytes())
                .isEqualTo(expected);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
