package org.hearthwatch.prometheus.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.testkit.FakeEgress;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {

    private final FakeEgress egress = new FakeEgress();

    @Test
    void what_the_gate_refuses_is_not_even_connected_to() throws Exception {
        egress.bar("127.0.0.1");
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpEndpoint endpoint = endpoint("http://127.0.0.1:" + server.getLocalPort() + "/write")) {
            assertThatThrownBy(() -> endpoint.send(new byte[1]).get()).hasCauseInstanceOf(EgressRefusedException.class);

            server.setSoTimeout(1);
            assertThatThrownBy(server::accept).isInstanceOf(java.net.SocketTimeoutException.class);
            assertThat(egress.asked()).containsExactly("remote-write 127.0.0.1:" + server.getLocalPort());
        }
    }

    @Test
    void asks_for_the_usual_port_where_none_is_named() throws Exception {
        egress.bar("far.example.org");
        try (HttpEndpoint endpoint = endpoint("https://far.example.org/write")) {
            assertThatThrownBy(() -> endpoint.send(new byte[1]).get()).hasCauseInstanceOf(EgressRefusedException.class);
        }
        assertThat(egress.asked()).containsExactly("remote-write far.example.org:443");
    }

    private HttpEndpoint endpoint(String url) throws Exception {
        var settings = new EndpointSettings(
                URI.create(url),
                Map.of(),
                "",
                Optional.empty(),
                Optional.empty(),
                EndpointTls.NONE,
                Duration.ofSeconds(5));
        return new HttpEndpoint(
                settings, new SecretReader(Optional::empty, Map.of()), egress, "hearthwatch/test", Runnable::run);
    }
}
