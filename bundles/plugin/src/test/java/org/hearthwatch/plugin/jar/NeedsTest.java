package org.hearthwatch.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.hearthwatch.api.secret.SecretRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeedsTest {

    @ParameterizedTest
    @CsvSource({
        "secret:proxmox/*, secret:proxmox/token, true",
        "secret:proxmox/*, secret:proxmox2/token, false",
        "secret:proxmox/token, secret:proxmox/token, true",
        "secret:proxmox/token, secret:proxmox/token2, false",
        "secret:*, env:HOME, false",
        "env:TOKEN, env:TOKEN, true",
        "file:/run/secrets/*, file:/run/secrets/smtp, true",
        "net:*, secret:a, false",
        "exec:secret, secret:a, false",
    })
    void a_secret_is_handed_out_if_it_is_declared(String need, String reference, boolean permitted) {
        assertThat(Needs.parse(need).permits(SecretRef.parse(reference))).isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource({
        "net:192.168.0.0/16, 192.168.1.5, 443, true",
        "net:192.168.0.0/16, 192.169.1.5, 443, false",
        "net:192.168.0.0/16, nas.lan, 443, true",
        "net:192.168.0.0/16, split.lan, 443, false",
        "net:192.168.0.0/16, nowhere.lan, 443, false",
        "net:api.example.org, api.example.org, 80, true",
        "net:api.example.org, API.example.org, 80, true",
        "net:api.example.org, api.example.org.evil.net, 80, false",
        "net:*.example.org, api.example.org, 80, true",
        "net:*.example.org, example.org, 80, false",
        "net:*.example.org, evilexample.org, 80, false",
        "net:api.example.org:8006, api.example.org, 8006, true",
        "net:api.example.org:8006, api.example.org, 22, false",
        "net:[fd00::/8]:443, fd00::1, 443, true",
        "net:[fd00::/8]:443, fd00::1, 80, false",
        "net:fd00::/8, fe80::1, 443, false",
        "net:*, anything.example, 1, true",
        "net:*:443, anything.example, 80, false",
        "secret:net, 192.168.1.5, 443, false",
        "exec:ping, 192.168.1.5, 443, false",
    })
    void a_connection_is_let_through_if_its_place_is_declared(String need, String host, int port, boolean permitted) {
        assertThat(Needs.parse(need).permits(host, port, NeedsTest::resolve)).isEqualTo(permitted);
    }

    @Test
    void nothing_declared_is_nothing_permitted() {
        Needs none = Needs.parse("");

        assertThat(none.list()).isEmpty();
        assertThat(none.permits("192.168.1.5", 443, NeedsTest::resolve)).isFalse();
        assertThat(none.permits(SecretRef.parse("secret:a"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "everything",
                "net:",
                "net:a b",
                "net:h\u043est",
                "net:host:99999999",
                "net:[::1",
                "secret:",
                "net:a,,exec:b",
                "root:/",
            })
    void a_need_that_is_none_makes_the_jar_unfit(String header) {
        assertThatThrownBy(() -> Needs.parse(header))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("declares a need that is none");
    }

    @Test
    void there_is_an_end_to_what_one_may_need() {
        assertThatThrownBy(() -> Needs.parse("exec:a,".repeat(64) + "exec:b")).hasMessageContaining("more than 64");
    }

    private static InetAddress[] resolve(String name) throws UnknownHostException {
        return switch (name) {
            case "nas.lan" -> new InetAddress[] {InetAddress.getByName("192.168.7.7")};
            case "split.lan" ->
                new InetAddress[] {InetAddress.getByName("192.168.7.7"), InetAddress.getByName("8.8.8.8")};
            default -> throw new UnknownHostException(name);
        };
    }
}
