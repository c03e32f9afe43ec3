package org.hearthwatch.transport.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameLimitsTest {

    @TempDir
    Path directory;

    private final Instant now = Instant.now();

    private Authority authority(String... names) throws Exception {
        return Authority.found("attic", List.of(names), now, new SecureRandom());
    }

    @Test
    void an_authority_speaks_for_what_means_something_at_home_and_for_what_it_was_made_for() throws Exception {
        Authority authority = authority("attic", "mon.example.org", "192.168.7.7");

        assertThat(authority.speaksFor(List.of(
                        "localhost",
                        "attic",
                        "cellar.lan",
                        "a.b.home.arpa",
                        "mon.example.org",
                        "10.1.2.3",
                        "127.0.0.1",
                        "::1",
                        "fd00::7",
                        "fe80::1",
                        "100.64.0.9")))
                .isTrue();
        for (String other :
                List.of("bank.example", "example.org", "lan.example", "9.9.9.9", "2001:db8::1", "172.32.0.1")) {
            assertThat(authority.speaksFor(List.of(other))).as(other).isFalse();
        }
    }

    @Test
    void with_a_public_address_addresses_are_not_limited_but_names_are() throws Exception {
        Authority authority = authority("attic", "2001:db8::1");

        assertThat(authority.speaksFor(List.of("2001:db8::2", "9.9.9.9"))).isTrue();
        assertThat(authority.speaksFor(List.of("bank.example"))).isFalse();
    }

    @Test
    void openssl_takes_its_servers_and_refuses_what_a_thief_would_issue() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        Authority authority = authority("attic", "192.168.7.7");
        Files.writeString(directory.resolve("ca.pem"), PemFile.text(List.of(authority.certificate())));

        for (List<String> ours : List.of(List.of("attic", "localhost", "192.168.7.7"), List.of("fd00::7"))) {
            assertThat(openssl(authority, ours)).as("%s", ours).contains(": OK");
        }
        for (String other : List.of("bank.example", "9.9.9.9")) {
            assertThat(openssl(authority, List.of(other))).as(other).contains("permitted subtree violation");
        }
        String described = run("openssl", "x509", "-in", "ca.pem", "-noout", "-text");
        assertThat(described)
                .contains("X509v3 Name Constraints: critical")
                .contains("IP:192.168.0.0/255.255.0.0")
                .contains("DNS:home.arpa");
    }

    private String openssl(Authority authority, List<String> names) throws Exception {
        Identity server = authority.issue(names, Optional.empty(), now);
        Files.writeString(directory.resolve("server.pem"), PemFile.text(List.of(server.certificate())));
        return run("openssl", "verify", "-CAfile", "ca.pem", "server.pem");
    }

    private String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
