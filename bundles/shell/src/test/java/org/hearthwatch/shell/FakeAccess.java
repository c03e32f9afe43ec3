package org.hearthwatch.shell;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Refusal.Kind;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.access.Token;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.access.User;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.TestClock;

/** People and tokens in memory. */
final class FakeAccess implements Setup {

    final Map<String, Token> tokens = new TreeMap<>();
    final Map<String, User> users = new TreeMap<>();
    final Map<String, String> passwords = new TreeMap<>();

    Token token(String name) {
        return Optional.ofNullable(tokens.get(name)).orElseThrow();
    }

    Tokens tokens() {
        return new Tokens() {
            @Override
            public List<Token> list() {
                return List.copyOf(tokens.values());
            }

            @Override
            public Secret create(
                    Principal maker, String name, Scope scope, Optional<String> source, Optional<Duration> lifetime)
                    throws Refusal {
                var token = new Token(
                        name, scope, TestClock.START, lifetime.map(TestClock.START::plus), Optional.empty(), source);
                if (tokens.putIfAbsent(name, token) != null) {
                    throw new Refusal(Kind.EXISTS, "There is a token " + name + " already");
                }
                return Secret.of("hwt_secret");
            }

            @Override
            public Secret rotate(String name, Duration overlap) throws Refusal {
                if (!tokens.containsKey(name)) {
                    throw new Refusal(Kind.UNKNOWN, "There is no token " + name);
                }
                return Secret.of("hwt_another");
            }

            @Override
            public void revoke(String name) throws Refusal {
                if (tokens.remove(name) == null) {
                    throw new Refusal(Kind.UNKNOWN, "There is no token " + name);
                }
            }

            @Override
            public Optional<Principal> authenticate(Secret token) {
                return Optional.empty();
            }
        };
    }

    private static User user(String name, Set<Role> roles, boolean enabled) {
        return new User(name, roles, Set.of(), roles, enabled, false, "local", TestClock.START, Optional.empty());
    }

    Users users() {
        return new Users() {
            @Override
            public List<User> list() {
                return List.copyOf(users.values());
            }

            @Override
            public Optional<Principal> principal(String name) {
                return Optional.ofNullable(users.get(name)).map(user -> Principal.user(name, user.effectiveRoles()));
            }

            @Override
            public void add(String name, Set<Role> roles, Secret password) throws Refusal {
                users.put(name, user(name, roles, true));
                changePassword(name, password);
            }

            @Override
            public void remove(String name) throws Refusal {
                if (users.remove(name) == null) {
                    throw new Refusal(Kind.UNKNOWN, "There is no user " + name);
                }
            }

            @Override
            public void change(String name, Change change) throws Refusal {
                if (change.password().isPresent()) {
                    String text = new String(change.password().get().reveal(), StandardCharsets.UTF_8);
                    if (text.length() < 12) {
                        throw new Refusal(Kind.INVALID, "A password needs at least 12 characters");
                    }
                    passwords.put(name, text);
                }
                change.roles().ifPresent(roles -> users.put(name, user(name, roles, true)));
                change.enabled()
                        .ifPresent(may -> users.computeIfPresent(name, (same, user) -> user(same, user.roles(), may)));
            }

            @Override
            public void changeOwnPassword(String name, Secret old, Secret password, String origin) throws Refusal {
                changePassword(name, password);
            }

            @Override
            public void unlock(String name) throws Refusal {
                if (!users.containsKey(name)) {
                    throw new Refusal(Kind.UNKNOWN, "There is no user " + name);
                }
            }
        };
    }

    @Override
    public boolean needed() {
        return users.isEmpty();
    }

    @Override
    public boolean accepts(Secret code) {
        return false;
    }

    @Override
    public void complete(Secret code, String userName, Secret password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String renewLink() throws Refusal {
        if (!needed()) {
            throw new Refusal(Kind.NOT_NOW, "Set-up is done; hw:user-add adds people");
        }
        return "/setup#code=ABCD";
    }
}
