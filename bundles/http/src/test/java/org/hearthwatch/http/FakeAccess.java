package org.hearthwatch.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Token;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.secret.Secret;

/** Sessions and tokens that a test hands out as it likes; the password of everyone is {@value #PASSWORD}. */
public final class FakeAccess implements Sessions, Tokens {

    public static final String PASSWORD = "four unrelated words";

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, Principal> tokens = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** A session's id; its CSRF token is {@code csrf-} and the id. */
    public String session(String user, Scope scope) {
        String id = "session" + count.incrementAndGet();
        sessions.put(id, new Session(Secret.of(id), new Principal(Principal.Kind.USER, user, scope), "csrf-" + id));
        return id;
    }

    public String token(String name, Scope scope) {
        String token = "hwt_" + name;
        tokens.put(token, new Principal(Principal.Kind.TOKEN, name, scope));
        return token;
    }

    public int sessionCount() {
        return sessions.size();
    }

    @Override
    public Session signIn(String userName, Secret password, Optional<Secret> code, String origin) throws Refusal {
        if (userName.equals("flooded")) {
            throw new Refusal(Refusal.Kind.TOO_MANY_ATTEMPTS, "Wait.", Duration.ofSeconds(7));
        }
        if (!password.sameAs(Secret.of(PASSWORD))) {
            throw new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "The name or the password is wrong.");
        }
        if (userName.equals("careful") && code.isEmpty()) {
            throw new Refusal(Refusal.Kind.CODE_NEEDED, "Give the code.");
        }
        return find(Secret.of(session(userName, Scope.ADMIN)), true).orElseThrow();
    }

    @Override
    public Session confirm(Secret id, Secret proof, String origin) throws Refusal {
        if (!proof.sameAs(Secret.of(PASSWORD))) {
            throw new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "The name or the password is wrong.");
        }
        Session old = find(id, true).orElseThrow();
        signOut(id);
        return find(Secret.of(session(old.principal().name(), old.principal().scope())), true)
                .orElseThrow();
    }

    /** A session whose owner signed in long ago. */
    public String staleSession(String user, Scope scope) {
        String id = session(user, scope);
        sessions.computeIfPresent(id, (same, fresh) -> new Session(fresh.id(), fresh.principal(), fresh.csrf(), false));
        return id;
    }

    @Override
    public List<Open> open() {
        return List.of();
    }

    @Override
    public int revokeAll(String userName) {
        return 0;
    }

    @Override
    public Optional<Session> find(Secret id, boolean passive) {
        return Optional.ofNullable(sessions.get(text(id)));
    }

    @Override
    public void signOut(Secret id) {
        sessions.remove(text(id));
    }

    @Override
    public List<Token> list() {
        return List.of();
    }

    @Override
    public Secret create(
            Principal maker, String name, Scope scope, Optional<String> source, Optional<Duration> lifetime) {
        return Secret.of(token(name, scope));
    }

    @Override
    public Secret rotate(String name, Duration overlap) {
        return Secret.of(token(name + "2", Scope.READ));
    }

    @Override
    public void revoke(String name) {
        tokens.remove("hwt_" + name);
    }

    @Override
    public Optional<Principal> authenticate(Secret token) {
        return Optional.ofNullable(tokens.get(text(token)));
    }

    private static String text(Secret secret) {
        return new String(secret.reveal(), StandardCharsets.UTF_8);
    }
}
