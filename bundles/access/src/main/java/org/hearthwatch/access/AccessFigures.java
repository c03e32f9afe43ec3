package org.hearthwatch.access;

import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;

/** What this bundle reports about itself. */
final class AccessFigures implements Collector {

    private static final Counter SIGN_INS =
            Counter.of("hearthwatch_access_sign_ins_total", "Attempts to sign in at the console, by result", "result");
    private static final Counter TOKEN_CHECKS =
            Counter.of("hearthwatch_access_token_checks_total", "Bearer tokens presented, by result", "result");
    private static final Gauge SESSIONS = Gauge.of("hearthwatch_access_sessions", "Sessions that have not ended");
    private static final Gauge USERS = Gauge.of("hearthwatch_access_users", "People who may sign in, by role", "role");
    private static final Gauge FACTORS =
            Gauge.of("hearthwatch_access_second_factors", "People who sign in with a code beside the password");
    private static final Gauge PASSKEYS = Gauge.of("hearthwatch_access_passkeys", "Passkeys that people sign in with");
    private static final Gauge TOKENS = Gauge.of("hearthwatch_access_tokens", "Bearer tokens", "scope");
    private static final Gauge COUNTERS = Gauge.of(
            "hearthwatch_access_attempt_counters",
            "Counters of failed sign-ins held; at most " + Attempts.MOST_COUNTERS);

    private final Accounts accounts;
    private final SignInSessions sessions;
    private final Credentials credentials;
    private final BearerTokens tokens;

    AccessFigures(Accounts accounts, SignInSessions sessions, Credentials credentials, BearerTokens tokens) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.credentials = credentials;
        this.tokens = tokens;
    }

    @Override
    public void collect(SampleSink sink) {
        sink.set(SIGN_INS, (double) sessions.signedIn.sum(), "signed_in");
        sink.set(SIGN_INS, (double) credentials.wrong.sum(), "wrong");
        sink.set(SIGN_INS, (double) credentials.turnedAway.sum(), "turned_away");
        sink.set(TOKEN_CHECKS, (double) tokens.accepted.sum(), "accepted");
        sink.set(TOKEN_CHECKS, (double) tokens.refused.sum(), "refused");
        sink.set(SESSIONS, (double) sessions.count());
        sink.set(COUNTERS, (double) credentials.counters());
        AccessState state = accounts.state();
        for (Role role : Role.values()) {
            sink.set(
                    USERS,
                    (double) state.users().stream()
                            .filter(user -> state.rights(user).contains(role))
                            .count(),
                    role.word());
        }
        sink.set(FACTORS, (double)
                state.users().stream().filter(user -> user.factor().isPresent()).count());
        sink.set(PASSKEYS, (double)
                state.users().stream().mapToLong(user -> user.passkeys().size()).sum());
        for (Scope scope : Scope.values()) {
            sink.set(
                    TOKENS,
                    (double) state.tokens().stream()
                            .filter(token -> token.scope() == scope)
                            .count(),
                    scope.word());
        }
    }
}
