package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;

class VaultRoutesTest {

    private static final Instant NOW = Instant.ofEpochSecond(2);
    private static final VaultSlot SLOT = new VaultSlot(1, VaultSlot.Kind.FILE, "machine", NOW, "");

    private final List<String> calls = new ArrayList<>();
    private final FakeStore secrets = new FakeStore();
    private final VaultRoutes routes = new VaultRoutes(this::vault, () -> secrets);

    @Test
    void the_vault_is_shown_with_who_can_open_it() throws Exception {
        assertThat(FakeExchange.get("/api/hw/vault").answeredBy(routes).text())
                .isEqualTo("{\"state\":\"unsealed\",\"generation\":43,\"secrets\":1,\"memory\":\"memfd_secret page\","
                        + "\"keysSince\":2.0,\"slots\":[{\"id\":1,\"kind\":\"file\",\"label\":\"machine\",\"created\":2.0,"
                        + "\"strength\":\"\",\"unattended\":true,\"meaning\":\"whoever reads the key file: a copy of the vault alone is"
                        + " safe, a stolen disk or machine is not\"}],\"protections\":[],\"problem\":null}");
    }

    @Test
    void it_is_sealed_unsealed_and_gets_new_keys() throws Exception {
        assertThat(FakeExchange.post("/api/hw/vault/seal").answeredBy(routes).status())
                .isEqualTo(204);
        assertThat(FakeExchange.post("/api/hw/vault/rotate").answeredBy(routes).status())
                .isEqualTo(204);
        assertThat(json(FakeExchange.post("/api/hw/vault/unseal"), "{\"passphrase\":\"right\",\"acceptRollback\":true}")
                        .answeredBy(routes)
                        .text())
                .contains("\"label\":\"machine\"");
        assertThat(calls).containsExactly("seal", "rotate", "unseal true");
        refused(403, json(FakeExchange.post("/api/hw/vault/unseal"), "{\"passphrase\":\"wrong\"}"));
        refused(400, json(FakeExchange.post("/api/hw/vault/unseal"), "{}"));
    }

    @Test
    void it_is_made_and_gets_and_loses_ways_in() throws Exception {
        assertThat(json(FakeExchange.post("/api/hw/vault"), "{\"kind\":\"file\",\"label\":\"here\"}")
                        .answeredBy(routes)
                        .text())
                .contains("\"label\":\"machine\"");
        json(
                        FakeExchange.post("/api/hw/vault/slots"),
                        "{\"kind\":\"passphrase\",\"label\":\"ann\",\"passphrase\":\"a long one\"}")
                .answeredBy(routes);
        assertThat(json(FakeExchange.post("/api/hw/vault/shares"), "{\"label\":\"us\",\"threshold\":2,\"shares\":3}")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("[\"card\"]");
        assertThat(FakeExchange.delete("/api/hw/vault/slots/7")
                        .answeredBy(routes)
                        .status())
                .isEqualTo(204);
        assertThat(calls)
                .containsExactly(
                        "create KeyFile[label=here]", "addSlot Passphrase ann", "addShares us 2 3", "removeSlot 7");
        refused(400, json(FakeExchange.post("/api/hw/vault/slots"), "{\"kind\":\"token\",\"label\":\"t\"}"));
        refused(400, json(FakeExchange.post("/api/hw/vault/slots"), "{\"kind\":\"passphrase\",\"label\":\"t\"}"));
        refused(404, FakeExchange.delete("/api/hw/vault/slots/first"));
    }

    @Test
    void a_secret_is_kept_listed_shown_and_removed() throws Exception {
        assertThat(json(FakeExchange.put("/api/hw/secrets/smtp/password"), "{\"value\":\"pässword\"}")
                        .answeredBy(routes)
                        .text())
                .isEqualTo(
                        "{\"name\":\"smtp/password\",\"version\":1,\"changed\":2.0,\"versions\":1,\"rotates\":false}");
        assertThat(FakeExchange.get("/api/hw/secrets").answeredBy(routes).text())
                .contains("smtp/password")
                .doesNotContain("pässword");
        assertThat(FakeExchange.get("/api/hw/secrets/smtp/password")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("[{\"version\":1,\"created\":2.0}]");
        assertThat(FakeExchange.post("/api/hw/secret-reveal/smtp/password")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("{\"value\":\"pässword\"}");
        assertThat(FakeExchange.delete("/api/hw/secrets/smtp/password")
                        .answeredBy(routes)
                        .status())
                .isEqualTo(204);
        refused(404, FakeExchange.post("/api/hw/secret-reveal/smtp/password"));
        refused(400, FakeExchange.post("/api/hw/secret-rotate/smtp/password"));
    }

    @Test
    void every_route_is_the_administrators_and_a_value_is_never_a_get() {
        assertThat(routes.routes())
                .allSatisfy(route -> assertThat(route.guard())
                        .isInstanceOfSatisfying(
                                Guard.Needs.class,
                                needs -> assertThat(needs.permission().scope().word())
                                        .isEqualTo("admin")));
        assertThat(routes.routes())
                .filteredOn(route -> route.path().contains("reveal"))
                .allMatch(route -> route.method().isUnsafe());
    }

    private static FakeExchange json(FakeExchange exchange, String body) {
        return exchange.withHeader("Content-Type", "application/json").withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(int status, FakeExchange exchange) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> exchange.answeredBy(routes))
                .satisfies(e -> assertThat(e.status()).isEqualTo(status));
    }

    /** A vault that notes what it is asked to do. */
    private Vault vault() {
        return (Vault) Proxy.newProxyInstance(
                Vault.class.getClassLoader(), new Class<?>[] {Vault.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "status" -> {
                            return new Vault.Status(
                                    Vault.State.UNSEALED,
                                    "/vault",
                                    OptionalLong.of(43),
                                    1,
                                    1,
                                    "memfd_secret page",
                                    Optional.of(NOW),
                                    0,
                                    true,
                                    List.of(),
                                    Optional.empty());
                        }
                        case "slots" -> {
                            return List.of(SLOT);
                        }
                        case "unseal" -> {
                            Secret given = ((SlotKey.Passphrase) arguments[0]).value();
                            if (!new String(given.reveal(), StandardCharsets.UTF_8).equals("right")) {
                                throw new VaultException(Kind.WRONG_KEY, "This does not open slot 1");
                            }
                            calls.add("unseal " + arguments[1]);
                            return SLOT;
                        }
                        case "create" -> {
                            calls.add("create " + arguments[0]);
                            return SLOT;
                        }
                        case "addSlot" -> {
                            calls.add("addSlot " + arguments[0].getClass().getSimpleName() + " "
                                    + ((NewSlot) arguments[0]).label());
                            return SLOT;
                        }
                        case "addShares" -> {
                            calls.add("addShares " + arguments[0] + " " + arguments[1] + " " + arguments[2]);
                            return List.of(Secret.of("card"));
                        }
                        case "removeSlot" -> {
                            calls.add("removeSlot " + arguments[0]);
                            return null;
                        }
                        default -> {
                            calls.add(method.getName());
                            return null;
                        }
                    }
                });
    }

    /** Secrets in memory, each with one version. */
    private static final class FakeStore implements SecretStore {

        private final Map<String, byte[]> values = new TreeMap<>();

        @Override
        public List<Info> list() {
            return values.keySet().stream().map(FakeStore::info).toList();
        }

        private static Info info(String name) {
            return new Info(name, 1, NOW, 1, false);
        }

        @Override
        public Info set(String name, Secret value) {
            values.put(name, value.reveal());
            return info(name);
        }

        @Override
        public Secret get(String name, OptionalInt version) throws VaultException {
            byte[] value = values.get(name);
            if (value == null) {
                throw new VaultException(Kind.UNKNOWN, "The vault has no secret " + name);
            }
            return Secret.ofBytes(value);
        }

        @Override
        public List<Version> history(String name) {
            return List.of(new Version(1, NOW));
        }

        @Override
        public void delete(String name) {
            values.remove(name);
        }

        @Override
        public Info rotate(String name) throws VaultException {
            throw new VaultException(Kind.INVALID, "Nobody here can change " + name);
        }
    }
}
