package org.hearthwatch.notifier.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailEntryTest {

    private static final Map<String, Object> GLOBAL = Map.of(
            "smtp_smarthost", "mail.home:587",
            "smtp_from", "watch@home.org",
            "smtp_auth_username", "watch",
            "smtp_auth_password", "secret:mail");

    private static EmailEntry.Read read(Object... entry) throws InvalidReceiverException {
        var map = new HashMap<String, Object>(Map.of("to", "me@home.org"));
        for (int i = 0; i < entry.length; i += 2) {
            map.put((String) entry[i], entry[i + 1]);
        }
        return EmailEntry.read(map, GLOBAL);
    }

    @Test
    void what_an_entry_does_not_say_the_global_section_says() throws Exception {
        EmailEntry.Read read = read();

        assertThat(read.relay().host()).isEqualTo("mail.home");
        assertThat(read.relay().port()).isEqualTo(587);
        assertThat(read.relay().tls()).isEqualTo(Relay.Tls.STARTTLS);
        assertThat(read.relay().login())
                .hasValueSatisfying(login -> assertThat(login.user()).isEqualTo("watch"));
        assertThat(read.design().from()).isEqualTo("watch@home.org");
        assertThat(read.design().headers()).containsEntry("Subject", "{{ template \"email.default.subject\" . }}");
        assertThat(read.design().text()).isEmpty();
        assertThat(read.design().html()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"mail.home:465, IMPLICIT", "mail.home:25, STARTTLS", "[::1]:25, STARTTLS"})
    void the_port_says_how_tls_begins(String smarthost, Relay.Tls tls) throws Exception {
        assertThat(read("smarthost", smarthost).relay().tls()).isEqualTo(tls);
    }

    @Test
    void a_server_may_have_an_authority_of_its_own_but_none_goes_unchecked() throws Exception {
        assertThat(read("tls_config", Map.of("ca_file", "/etc/mail-ca.pem"))
                        .relay()
                        .files()
                        .authorities())
                .contains(Path.of("/etc/mail-ca.pem"));
        assertThatThrownBy(() -> read("tls_config", Map.of("insecure_skip_verify", true)))
                .hasMessageContaining("tls_config.insecure_skip_verify: certificates are always checked");
    }

    @Test
    void mails_without_tls_stay_on_this_machine() throws Exception {
        assertThat(read("smarthost", "localhost:25", "require_tls", false)
                        .relay()
                        .tls())
                .isEqualTo(Relay.Tls.NONE);
        assertThatThrownBy(() -> read("require_tls", false))
                .isInstanceOfSatisfying(
                        InvalidReceiverException.class, e -> assertThat(e.key()).isEqualTo("require_tls"))
                .hasMessageContaining("only over TLS");
    }

    @Test
    void threads_are_alertmanagers() throws Exception {
        assertThat(read("threading", Map.of("enabled", true, "thread_by_date", "daily"))
                        .design()
                        .thread())
                .isEqualTo(Design.Threading.DAILY);
        assertThatThrownBy(() -> read(
                        "threading",
                        Map.of("enabled", true, "thread_by_date", "none"),
                        "headers",
                        Map.of("references", "x")))
                .hasMessageContaining("References");
    }

    @ParameterizedTest
    @CsvSource({
        "smarthost, mail.home, a host and a port",
        "subject, x, is not known",
        "require_tls, perhaps, true or false"
    })
    void what_is_wrong_is_named(String key, String value, String message) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOfSatisfying(
                        InvalidReceiverException.class, e -> assertThat(e.key()).isEqualTo(key))
                .hasMessageContaining(message);
    }

    @Test
    void a_header_can_neither_stand_twice_nor_have_an_odd_name() {
        assertThatThrownBy(() -> read("headers", Map.of("X-A", "1", "x-a", "2")))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> read("headers", Map.of("X-A: b\r\nBcc", "1"))).hasMessageContaining("a header's name");
    }
}
