package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.access.AccessFixture.password;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Set;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.SshKeys;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserKeysTest {

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.atStart();
    private Access access;
    private SshKeys keys;

    @BeforeEach
    void open() throws Exception {
        access = AccessFixture.open(folder, clock);
        keys = access.sshKeys();
        access.users().add("ada", Set.of(Role.OPERATOR), password());
        access.users().add("bob", Set.of(Role.ADMIN), password());
    }

    @ParameterizedTest
    @CsvSource({"EC, secp256r1", "EC, secp384r1", "EC, secp521r1", "Ed25519, ''", "RSA, 3072"})
    void a_key_stands_for_its_owner_and_nobody_else(String algorithm, String parameter) throws Exception {
        PublicKey key = key(algorithm, parameter);
        String fingerprint = keys.add("Ada", line(key) + " ada@laptop");

        keys = AccessFixture.open(folder, clock).sshKeys();
        assertThat(keys.find("ada", key)).contains(Principal.user("ada", Set.of(Role.OPERATOR)));
        assertThat(keys.find("ADA", key)).isEmpty();
        assertThat(keys.find("bob", key)).isEmpty();
        assertThat(keys.find("ada", key(algorithm, parameter))).isEmpty();
        assertThat(keys.list()).singleElement().satisfies(one -> {
            assertThat(one.fingerprint()).isEqualTo(fingerprint).startsWith("SHA256:");
            assertThat(one.comment()).isEqualTo("ada@laptop");
        });
        keys.remove("ada", fingerprint);
        assertThat(keys.find("ada", key)).isEmpty();
    }

    @Test
    void a_key_of_somebody_who_may_not_come_in_opens_nothing() throws Exception {
        PublicKey key = key("Ed25519", "");
        keys.add("ada", line(key));
        access.users().enable("ada", false);

        assertThat(keys.find("ada", key)).isEmpty();
    }

    @Test
    void a_key_belongs_to_one_person_and_is_long_enough() throws Exception {
        String line = line(key("Ed25519", ""));
        keys.add("ada", line);

        assertThatThrownBy(() -> keys.add("bob", line)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> keys.add("bob", line(key("RSA", "2048")))).hasMessageContaining("3072");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                "ssh-ed25519 AAAA",
                "ssh-dss AAAAB3NzaC1kc3MAAACBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5f////2GqoPRb9aRGAhH+mU1n9JLcwHf32MxqjeZ1",
                "command=\"sh\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOGqoPRb9aRGAhH+mU1n9JLcwHf32MxqjeZ17ldNp8oD",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOGqoPRb9aRGAhH+mU1n9JLcwHf32MxqjeZ17ldNp8oD"
            })
    void what_is_no_key_is_refused(String line) {
        assertThatThrownBy(() -> keys.add("ada", line)).isInstanceOf(Refusal.class);
    }

    private static PublicKey key(String algorithm, String parameter) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(parameter));
        } else if (algorithm.equals("RSA")) {
            generator.initialize(Integer.parseInt(parameter));
        }
        return generator.generateKeyPair().getPublic();
    }

    private static String line(PublicKey key) {
        byte[] blob = SshWire.encode(key).orElseThrow();
        String type = new String(SshWire.fields(blob).orElseThrow().get(0), java.nio.charset.StandardCharsets.US_ASCII);
        return type + " " + Base64.getEncoder().encodeToString(blob);
    }
}
