package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Token;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokensTest {

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.atStart();
    private Access access;
    private Tokens tokens;

    @BeforeEach
    void open() {
        access = AccessFixture.open(folder, clock);
        tokens = access.tokens();
    }

    @Test
    void a_push_token_stands_for_its_source_also_after_a_restart() throws Exception {
        try (Secret secret = tokens.createPush("nas-agent", "nas", Optional.empty())) {
            assertThat(AccessFixture.open(folder, clock).tokens().authenticate(secret))
                    .hasValueSatisfying(who -> {
                        assertThat(who.source()).contains("nas");
                        assertThat(who.may(new Permission("samples:push", Scope.PUSH)))
                                .isTrue();
                        assertThat(who.may(Permission.read("metrics:read"))).isFalse();
                        assertThat(who.may(Permission.admin("tokens:manage"))).isFalse();
                    });
        }
    }

    @Test
    void a_token_stands_for_its_name_and_scope_also_after_a_restart() throws Exception {
        Secret token = tokens.create("prometheus", Scope.READ, Optional.empty());

        assertThat(text(token)).matches("hwt_[A-Za-z0-9_-]{43}[0-9a-f]{8}");
        assertThat(AccessFixture.open(folder, clock).tokens().authenticate(token))
                .contains(new Principal(Principal.Kind.TOKEN, "prometheus", Scope.READ));
    }

    @Test
    void the_token_itself_is_kept_nowhere() throws Exception {
        Secret token = tokens.create("prometheus", Scope.READ, Optional.empty());

        assertThat(folder.resolve("access.json"))
                .content()
                .contains("\"prometheus\"")
                .doesNotContain(text(token).substring(4, 20));
    }

    @Test
    void a_token_that_is_altered_unknown_or_no_token_is_refused() throws Exception {
        String token = text(tokens.create("a", Scope.READ, Optional.empty()));

        for (String wrong : new String[] {
            "",
            "hwt_",
            token + " ",
            token.substring(1),
            token.toUpperCase(java.util.Locale.ROOT),
            token.substring(0, 54) + (token.endsWith("0") ? "1" : "0"),
            "hwt_" + "A".repeat(43) + "00000000",
            "x".repeat(10_000)
        }) {
            assertThat(tokens.authenticate(Secret.of(wrong))).as(wrong).isEmpty();
        }
    }

    @Test
    void a_token_ends_when_it_expires_or_is_revoked() throws Exception {
        Secret expiring = tokens.create("expiring", Scope.READ, Optional.of(Duration.ofDays(1)));
        Secret revoked = tokens.create("revoked", Scope.READ, Optional.empty());
        assertThat(tokens.authenticate(expiring)).isPresent();
        assertThat(tokens.authenticate(revoked)).isPresent();

        clock.advance(Duration.ofDays(1));
        tokens.revoke("revoked");

        assertThat(tokens.authenticate(expiring)).isEmpty();
        assertThat(tokens.authenticate(revoked)).isEmpty();
        assertThatThrownBy(() -> tokens.revoke("revoked")).isInstanceOf(Refusal.class);
    }

    @Test
    void names_are_unique_and_plain() throws Exception {
        tokens.create("a", Scope.READ, Optional.empty());

        assertThatThrownBy(() -> tokens.create("a", Scope.READ, Optional.empty()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.EXISTS));
        assertThatThrownBy(() -> tokens.create("a b", Scope.READ, Optional.empty()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
        assertThatThrownBy(() -> tokens.create("b", Scope.READ, Optional.of(Duration.ZERO)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void the_time_of_last_use_is_kept_and_failures_do_not_change_it() throws Exception {
        Secret token = tokens.create("a", Scope.READ, Optional.of(Duration.ofDays(1)));
        clock.advance(Duration.ofHours(1));
        tokens.authenticate(token);
        access.tick();
        clock.advance(Duration.ofDays(2));
        tokens.authenticate(token);
        access.close();

        assertThat(AccessFixture.open(folder, clock).tokens().list())
                .extracting(Token::lastUsed)
                .containsExactly(Optional.of(TestClock.START.plus(Duration.ofHours(1))));
    }

    private static String text(Secret secret) {
        return new String(secret.reveal(), StandardCharsets.UTF_8);
    }
}
