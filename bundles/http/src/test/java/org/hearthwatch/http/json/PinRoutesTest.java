package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.net.Pins;
import org.hearthwatch.http.EdgeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PinRoutesTest {

    private EdgeServer server;
    private final Map<String, List<String>> pins = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws Exception {
        server = EdgeServer.start();
        server.edge.add(new PinRoutes(() -> new Pins() {
            @Override
            public List<PinnedHost> list() {
                return pins.entrySet().stream()
                        .map(entry -> new PinnedHost(entry.getKey(), entry.getValue()))
                        .toList();
            }

            @Override
            public void pin(String host, List<String> keys) {
                if (keys.isEmpty()) {
                    throw new IllegalArgumentException("A host is pinned to 1 to 8 keys");
                }
                pins.put(host, keys);
            }

            @Override
            public boolean unpin(String host) {
                return pins.remove(host) != null;
            }
        }));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_host_is_pinned_shown_and_let_go() throws Exception {
        String admin = "Bearer " + server.access.token("admin", Scope.ADMIN);

        assertThat(send("PUT", "/api/hw/pins/pve1.lan", "{\"pins\":[\"one\",\"two\"]}", admin)
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.get("/api/hw/pins", "Authorization", admin).body())
                .isEqualTo("[{\"host\":\"pve1.lan\",\"pins\":[\"one\",\"two\"]}]");
        assertThat(send("PUT", "/api/hw/pins/pve1.lan", "{\"pins\":[]}", admin).statusCode())
                .isEqualTo(400);
        assertThat(send("PUT", "/api/hw/pins/pve1.lan", "{}", admin).statusCode())
                .isEqualTo(400);
        assertThat(send("DELETE", "/api/hw/pins/pve1.lan", "", admin).statusCode())
                .isEqualTo(204);
        assertThat(send("DELETE", "/api/hw/pins/pve1.lan", "", admin).statusCode())
                .isEqualTo(404);
    }

    @Test
    void who_only_looks_pins_nothing() throws Exception {
        String reader = "Bearer " + server.access.token("reader", Scope.READ);

        assertThat(send("PUT", "/api/hw/pins/pve1.lan", "{\"pins\":[\"one\"]}", reader)
                        .statusCode())
                .isEqualTo(403);
        assertThat(pins).isEmpty();
    }

    private HttpResponse<String> send(String method, String path, String body, String authorization) throws Exception {
        return server.send(method, path, body, "Content-Type", "application/json", "Authorization", authorization);
    }
}
