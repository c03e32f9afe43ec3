package org.hearthwatch.access;

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
    private static final Gauge USERS = Gauge.of("hearthwatch_access_users", "People who may sign in", "scope");
    private static final Gauge TOKENS = Gauge.of("hearthwatch_access_tokens", "Bearer tokens", "scope");
    private static final Gauge COUNTERS = Gauge.of(
            "hearthwatch_access_attempt_counters",
            "Counters of failed sign-ins held; at most " + Attempts.MOST_COUNTERS);

    private final Accounts accounts;
    private final SignInSessions sessions;
    private final BearerTokens tokens;

    AccessFigures(Accounts accounts, SignInSessions sessions, BearerTokens tokens) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @Override
    public void collect(SampleSink sink) {
        sink.set(SIGN_INS, (double) sessions.signedIn.sum(), "signed_in");
        sink.set(SIGN_INS, (double) sessions.wrong.sum(), "wrong");
        sink.set(SIGN_INS, (double) sessions.turnedAway.sum(), "turned_away");
        sink.set(TOKEN_CHECKS, (double) tokens.accepted.sum(), "accepted");
        sink.set(TOKEN_CHECKS, (double) tokens.refused.sum(), "refused");
        sink.set(SESSIONS, (double) sessions.count());
        sink.set(COUNTERS, (double) sessions.attemptCounters());
        AccessState state = accounts.state();
        for (Scope scope : Scope.values()) {
            sink.set(
                    USERS,
                    (double) state.users().stream()
                            .filter(user -> user.scope() == scope)
                            .count(),
                    scope.word());
            sink.set(
                    TOKENS,
                    (double) state.tokens().stream()
                            .filter(token -> token.scope() == scope)
                            .count(),
                    scope.word());
        }
    }
}
