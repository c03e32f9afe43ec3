package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Policy;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.SshKeys;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.hearthwatch.api.plugin.TrustStore;
import org.hearthwatch.api.plugin.TrustedKey;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;

/** Keys that open the shell, and keys whose signatures let plugins in. */
class KeyRoutesTest {

    private static final String PRINT = "SHA256:a//b+c";
    private static final Principal ANN = Principal.user("ann", Set.of(Role.ADMIN));

    private final List<String> calls = new ArrayList<>();
    private final Routes keys = new SshKeyRoutes(FakeKeys::new);
    private final Routes trust = new TrustRoutes(FakeTrust::new);

    @Test
    void a_key_is_listed_added_and_removed_whatever_its_fingerprint_holds() throws Exception {
        assertThat(FakeExchange.get("/api/hw/ssh-keys").answeredBy(keys).text())
                .isEqualTo("[{\"user\":\"ann\",\"type\":\"ssh-ed25519\",\"fingerprint\":\"" + PRINT
                        + "\",\"comment\":\"laptop\",\"added\":1.0}]");
        assertThat(json(FakeExchange.post("/api/hw/ssh-keys"), "{\"user\":\"ann\",\"key\":\" ssh-ed25519 AAAA \\n\"}")
                        .answeredBy(keys)
                        .text())
                .isEqualTo("{\"fingerprint\":\"" + PRINT + "\"}");
        FakeExchange.delete("/api/hw/ssh-keys")
                .with("user", "ann")
                .with("fingerprint", PRINT)
                .answeredBy(keys);
        assertThat(calls).containsExactly("add ann ssh-ed25519 AAAA", "remove ann " + PRINT);
        refused(400, keys, FakeExchange.delete("/api/hw/ssh-keys").with("user", "ann"));
        refused(
                404,
                keys,
                FakeExchange.delete("/api/hw/ssh-keys").with("user", "bob").with("fingerprint", "x"));
    }

    @Test
    void a_trusted_key_is_listed_added_and_revoked_by_whoever_asks() throws Exception {
        assertThat(FakeExchange.get("/api/hw/trust").answeredBy(trust).text())
                .isEqualTo(
                        "{\"keys\":[{\"name\":\"house\",\"fingerprint\":\"ab\",\"roles\":[\"plugin\"],\"expires\":null,"
                                + "\"state\":\"VALID\",\"file\":\"etc/trust/house.pub\"}],\"problems\":[\"x.pub:1: no key\"]}");
        json(FakeExchange.post("/api/hw/trust").by(ANN), "{\"key\":\"a key\"}").answeredBy(trust);
        json(FakeExchange.post("/api/hw/trust/ab/revoke").by(ANN), "{\"reason\":\"lost\"}")
                .answeredBy(trust);
        assertThat(calls).containsExactly("add a key ann", "revoke ab lost ann");
        refused(409, trust, json(FakeExchange.post("/api/hw/trust/cd/revoke").by(ANN), "{}"));
    }

    @Test
    void every_change_takes_a_fresh_proof() {
        for (Routes routes : List.of(keys, trust)) {
            assertThat(routes.routes())
                    .filteredOn(route -> route.method().isUnsafe())
                    .isNotEmpty()
                    .allMatch(route ->
                            Policy.needsFreshProof(route.guard().needed().orElseThrow()));
        }
    }

    private static FakeExchange json(FakeExchange exchange, String body) {
        return exchange.withHeader("Content-Type", "application/json").withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(int status, Routes routes, FakeExchange exchange) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> exchange.answeredBy(routes))
                .satisfies(e -> assertThat(e.status()).isEqualTo(status));
    }

    private final class FakeKeys implements SshKeys {

        @Override
        public List<Key> list() {
            return List.of(new Key("ann", "ssh-ed25519", PRINT, "laptop", Instant.ofEpochSecond(1)));
        }

        @Override
        public String add(String user, String line) {
            calls.add("add " + user + " " + line);
            return PRINT;
        }

        @Override
        public void remove(String user, String fingerprint) throws Refusal {
            if (!user.equals("ann")) {
                throw new Refusal(Refusal.Kind.UNKNOWN, "There is no such key");
            }
            calls.add("remove " + user + " " + fingerprint);
        }

        @Override
        public Optional<Principal> find(String user, PublicKey key) {
            return Optional.empty();
        }
    }

    private final class FakeTrust implements TrustStore {

        private static final TrustedKey HOUSE = new TrustedKey(
                "house", "ab", List.of("plugin"), Optional.empty(), TrustedKey.State.VALID, "etc/trust/house.pub");

        @Override
        public List<TrustedKey> keys() {
            return List.of(HOUSE);
        }

        @Override
        public List<String> problems() {
            return List.of("x.pub:1: no key");
        }

        @Override
        public TrustedKey add(String publicKey, String who) {
            calls.add("add " + publicKey + " " + who);
            return HOUSE;
        }

        @Override
        public TrustedKey revoke(String fingerprint, String reason, String who) throws PluginRefusal {
            if (!fingerprint.equals("ab")) {
                throw new PluginRefusal("There is no such key");
            }
            calls.add("revoke " + fingerprint + " " + reason + " " + who);
            return HOUSE;
        }
    }
}
