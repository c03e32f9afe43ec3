package org.hearthwatch.http.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.168.1.10:9443 | 192.168.1.10 | 9443",
                "192.168.1.10      | 192.168.1.10 | 8443",
                "[fd00::1]:9443    | [fd00::1]    | 9443",
                "wg0               | wg0          | 8443",
                "*:443             | *            | 443",
            })
    void reads_addresses_interfaces_and_all(String text, String host, int port) {
        assertThat(ListenAddress.parse(text)).isEqualTo(new ListenAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.168.1:8443", "300.1.1.1", "192.168.1.10:70000", "https://x", "fd00::1", "a b", ":8443"})
    void refuses_what_is_none(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text)).hasMessageContaining("192.168.1.10:8443");
    }

    @Test
    void an_interface_stands_for_its_addresses() throws Exception {
        String loopback = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .filter(ListenAddressTest::isLoopback)
                .findFirst()
                .orElseThrow()
                .getName();

        assertThat(ListenAddress.parse(loopback).sockets())
                .contains(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8443));
        assertThatThrownBy(() -> ListenAddress.parse("nosuch0").sockets())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("nosuch0");
    }

    @Test
    void all_addresses_are_reached_by_each() throws Exception {
        assertThat(ListenAddress.reachable(new InetSocketAddress(1))).contains("127.0.0.1");
        assertThat(ListenAddress.reachable(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)))
                .containsExactly("127.0.0.1");
    }

    private static boolean isLoopback(NetworkInterface network) {
        try {
            return network.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }
}
