package org.hearthwatch.access.oidc.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.hearthwatch.access.oidc.OidcSignIn;
import org.hearthwatch.api.access.ExternalSignIn;
import org.hearthwatch.api.access.FederatedSignIn;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in through a provider, honest and not; the hostile cases print their answers. */
class OidcSignInTest {

    private static final String HERE = "127.0.0.1";

    private final TestClock clock = TestClock.atStart();
    private final List<ExternalSignIn.Identity> admitted = new ArrayList<>();
    private final List<String> permitted = new ArrayList<>();
    private boolean gateOpen = true;
    private TestProvider provider;
    private OidcSignIn door;

    @BeforeEach
    void start() throws Exception {
        provider = new TestProvider(clock);
        door = new OidcSignIn(
                Settings.of(config(Map.of())).orElseThrow(),
                new GatedWeb(new Gate()),
                reference -> Secret.of(reference.toString().equals("secret:oidc/client") ? TestProvider.SECRET : ""),
                this::admit,
                clock,
                new SecureRandom());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void a_person_comes_back_as_who_the_provider_says_with_the_roles_of_their_groups() throws Exception {
        FederatedSignIn.Departure departure = door.begin();
        assertThat(departure.destination().toString())
                .startsWith(provider.issuer() + "/authorize?response_type=code&client_id=hearthwatch&")
                .contains("code_challenge_method=S256");
        Map<String, String> back = provider.signIn(departure.destination());
        assertThat(provider.asked())
                .containsEntry("redirect_uri", "https://nas.lan/api/hw/sign-in/return")
                .containsEntry("scope", "openid profile groups");

        door.complete(departure.binding(), back, HERE);

        assertThat(admitted)
                .containsExactly(new ExternalSignIn.Identity(
                        "Home", provider.issuer() + " subject-1", "ann", Set.of(Role.ADMIN, Role.VIEWER)));
        assertThat(permitted).isNotEmpty().allMatch(each -> each.startsWith("sign-in 127.0.0.1:"));
    }

    @Test
    void what_proves_nothing_lets_nobody_in() {
        Map<String, Runnable> lies = new LinkedHashMap<>();
        lies.put("signed with another key", () -> provider.token = provider::forged);
        lies.put("not signed", () -> provider.token = provider::unsigned);
        lies.put("signed with the public key as a secret", () -> provider.token = provider::confused);
        lies.put("no JWT at all", () -> provider.token = honest -> "x.y");
        lies.put("another issuer", () -> provider.claims = claims -> claims.issuer("https://evil.example"));
        lies.put("for somebody else", () -> provider.claims = claims -> claims.audience("other"));
        lies.put(
                "for several, given to another",
                () -> provider.claims = claims ->
                        claims.audience(List.of("hearthwatch", "other")).claim("azp", "other"));
        lies.put(
                "for several, given to nobody named",
                () -> provider.claims = claims -> claims.audience(List.of("hearthwatch", "other")));
        lies.put(
                "expired",
                () -> provider.claims = claims ->
                        claims.expirationTime(Date.from(clock.instant().minusSeconds(61))));
        lies.put("without an end", () -> provider.claims = claims -> claims.expirationTime(null));
        lies.put(
                "from the future",
                () -> provider.claims =
                        claims -> claims.issueTime(Date.from(clock.instant().plusSeconds(61))));
        lies.put("another nonce", () -> provider.claims = claims -> claims.claim("nonce", "other"));
        lies.put("without a nonce", () -> provider.claims = claims -> claims.claim("nonce", null));
        lies.put("naming nobody", () -> provider.claims = claims -> claims.subject(""));
        lies.forEach((lie, tell) -> {
            provider.claims = claims -> claims;
            provider.token = honest -> honest;
            tell.run();
            report("OIDC token " + lie, this::signIn);
        });
        assertThat(admitted).isEmpty();
    }

    @Test
    void what_belongs_to_another_sign_in_lets_nobody_in() throws Exception {
        var one = door.begin();
        var other = door.begin();
        Map<String, String> back = provider.signIn(one.destination());
        report("OIDC another browser's answer", () -> door.complete(other.binding(), back, HERE));
        report("OIDC nobody's cookie", () -> door.complete(Secret.of("x"), back, HERE));
        report("OIDC answer of another issuer", () -> door.complete(one.binding(), with(back, "iss", "x"), HERE));
        report("OIDC the same cookie again", () -> door.complete(one.binding(), back, HERE));

        var late = door.begin();
        Map<String, String> lateBack = provider.signIn(late.destination());
        clock.advance(Duration.ofMinutes(11));
        report("OIDC after eleven minutes", () -> door.complete(late.binding(), lateBack, HERE));

        var refused = door.begin();
        provider.signIn(refused.destination());
        report(
                "OIDC the provider says no",
                () -> door.complete(
                        refused.binding(),
                        Map.of(
                                "error",
                                "access_denied",
                                "state",
                                provider.asked().get("state")),
                        HERE));
        var stolen = door.begin();
        Map<String, String> code = provider.signIn(stolen.destination());
        var mine = door.begin();
        String state = TestProvider.form(mine.destination().getRawQuery()).get("state");
        Map<String, String> myBack = with(code, "state", String.valueOf(state));
        report("OIDC a stolen code in a sign-in of one's own", () -> door.complete(mine.binding(), myBack, HERE));
        assertThat(admitted).isEmpty();
    }

    @Test
    void a_new_key_of_the_provider_is_fetched_but_not_at_every_forgery() throws Exception {
        signIn();
        provider.rollKey();
        clock.advance(Duration.ofMinutes(2));
        signIn();
        assertThat(admitted).hasSize(2);
        int before = provider.keysRead;
        provider.rollKey();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(this::signIn).isInstanceOf(Refusal.class);
        }
        assertThat(provider.keysRead).isEqualTo(before);
    }

    @Test
    void a_closed_gate_and_a_provider_of_another_name_are_not_asked_for_people() {
        provider.otherIssuer = "https://other.example";
        assertThatThrownBy(door::begin).isInstanceOf(Refusal.class).hasMessageContaining("cannot be reached");
        provider.otherIssuer = "";
        gateOpen = false;
        assertThatThrownBy(door::begin).isInstanceOf(Refusal.class).hasMessageContaining("cannot be reached");
    }

    @Test
    void it_is_off_without_an_issuer() {
        assertThat(Settings.of(Configs.of(OidcConfig.class, Map.of()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, http://provider.lan",
        "issuer, https://user@provider.lan",
        "clientId, ''",
        "clientSecret, s3cret",
        "consoleAddress, http://nas.lan:8470",
        "roles, family",
        "roles, family=king",
        "roles, =admin"
    })
    void a_setting_that_cannot_be_is_named(String key, String value) {
        assertThatThrownBy(() -> Settings.of(config(Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    private OidcConfig config(Map<String, Object> other) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "title", "Home",
                "issuer", provider.issuer(),
                "clientId", TestProvider.CLIENT,
                "clientSecret", "secret:oidc/client",
                "consoleAddress", "https://nas.lan/",
                "roles", "hw-admins=admin, family = viewer"));
        all.putAll(other);
        return Configs.of(OidcConfig.class, all);
    }

    private void signIn() throws Refusal {
        var departure = door.begin();
        door.complete(departure.binding(), provider.signIn(departure.destination()), HERE);
    }

    private Sessions.Session admit(ExternalSignIn.Identity who, String origin) {
        admitted.add(who);
        return new Sessions.Session(Secret.of("id"), Principal.user(who.name(), who.roles()), "csrf");
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }

    private static void report(String hostile, org.assertj.core.api.ThrowableAssert.ThrowingCallable attempt) {
        assertThatThrownBy(attempt).as(hostile).isInstanceOf(Refusal.class);
        System.out.printf("case %-55s -> refused%n", hostile);
    }

    private final class Gate implements Egress {
        @Override
        public void permit(String purpose, String host, int port) throws EgressRefusedException {
            if (!gateOpen) {
                throw new EgressRefusedException("closed");
            }
            permitted.add(purpose + " " + host + ":" + port);
        }

        @Override
        public SSLContext tls(String host, int port) {
            throw new AssertionError("The provider speaks plain HTTP on loopback");
        }
    }
}
