package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.net.CertificateStatus;
import org.hearthwatch.api.net.CertificateStatus.Source;
import org.hearthwatch.api.net.Certificates;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.web.WebAddress;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class CertificateCommandsTest {

    private final Shop shop = new Shop();
    private final TestScreen screen = new TestScreen().with(Certificates.class, shop);

    private static final class Shop implements Certificates {

        final List<String> calls = new ArrayList<>();
        Optional<CertificateStatus> status = Optional.empty();

        @Override
        public Optional<CertificateStatus> status() {
            return status;
        }

        @Override
        public String authorityPem() {
            return "-----BEGIN CERTIFICATE-----\n";
        }

        @Override
        public CertificateStatus take(Path chain, Path key, Optional<SecretRef> password) throws IOException {
            calls.add("take " + chain + " " + key + " " + password);
            if (chain.endsWith("bad.pem")) {
                throw new IOException("bad.pem holds no certificate");
            }
            return certificate(Source.TAKEN, Optional.empty());
        }

        @Override
        public CertificateStatus renew(boolean newKey) {
            calls.add("renew " + newKey);
            return certificate(Source.OWN, Optional.of("CA:FE"));
        }
    }

    private static CertificateStatus certificate(Source source, Optional<String> authority) {
        return new CertificateStatus(
                source,
                List.of("attic.lan", "192.168.1.9"),
                "CN=Home",
                TestClock.START,
                TestClock.START.plus(Duration.ofDays(90)),
                "AB:CD",
                "sha256/abc=",
                authority,
                Optional.empty());
    }

    @Test
    void without_https_says_how_to_get_it() {
        assertThat(screen.run("tls-status")).isZero();
        assertThat(screen.out()).contains("HTTPS is served nowhere", "addresses in etc/org.hearthwatch.http.cfg");
    }

    @Test
    void shows_what_people_compare() {
        shop.status = Optional.of(certificate(Source.OWN, Optional.of("CA:FE")));
        screen.with(WebAddress.class, new WebAddress() {
            @Override
            public URI local() {
                return URI.create("http://127.0.0.1:8470");
            }

            @Override
            public List<URI> secure() {
                return List.of(URI.create("https://attic.lan:8443"));
            }
        });

        screen.run("tls-status");
        assertThat(screen.out())
                .contains(
                        "https://attic.lan:8443", "attic.lan, 192.168.1.9", "AB:CD", "CA:FE", "sha256/abc=", "90 days");
        screen.run("tls-status --json");
        assertThat(screen.out())
                .contains(
                        "\"addresses\":[\"https://attic.lan:8443\"]",
                        "\"sha256\":\"AB:CD\"",
                        "\"authority\":\"CA:FE\"");
    }

    @Test
    void exports_the_authority_and_nothing_else() {
        screen.run("tls-ca-export");
        assertThat(screen.out()).isEqualTo("-----BEGIN CERTIFICATE-----\n");
    }

    @Test
    void imports_and_records_it() {
        assertThat(screen.run("certificate-import /a/chain.pem /a/key.pem --password secret:tls/key"))
                .isZero();
        assertThat(shop.calls).containsExactly("take /a/chain.pem /a/key.pem Optional[secret:tls/key]");
        assertThat(screen.audit.entries.get(0).event().action()).isEqualTo("manage:transport");
    }

    @Test
    void a_refused_import_says_why() {
        assertThat(screen.run("certificate-import /a/bad.pem /a/key.pem")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.err()).contains("bad.pem holds no certificate");
    }

    @Test
    void a_password_in_place_of_its_reference_is_refused_unspoken() {
        assertThat(screen.run("certificate-import /a/chain.pem /a/key.pem --password hunter22"))
                .isEqualTo(ShellCommand.USAGE);
        assertThat(screen.err()).doesNotContain("hunter22");
        assertThat(shop.calls).isEmpty();
    }

    @Test
    void renews_with_the_same_key_unless_told() {
        screen.run("certificate-renew");
        screen.run("certificate-renew --new-key");
        assertThat(shop.calls).containsExactly("renew false", "renew true");
    }
}
