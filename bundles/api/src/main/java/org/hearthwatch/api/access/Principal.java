package org.hearthwatch.api.access;

import java.util.Optional;
import java.util.Set;

/**
 * Who is asking.
 *
 * @param name the user's or the token's name
 * @param scope of a token: how far it goes at most; of a person: the scope that comes closest to the roles
 * @param source whose samples a token of scope {@link Scope#PUSH} brings, whatever they say themselves
 * @param roles the person's; of a token, those of its owner at this moment
 */
public record Principal(Kind kind, String name, Scope scope, Optional<String> source, Set<Role> roles) {

    public Principal {
        roles = Set.copyOf(roles);
    }

    /** One who speaks for no source and has the role that goes with a scope. */
    public Principal(Kind kind, String name, Scope scope) {
        this(kind, name, scope, Optional.empty());
    }

    /** One who has the role that goes with a scope. */
    public Principal(Kind kind, String name, Scope scope, Optional<String> source) {
        this(kind, name, scope, source, Set.of(Role.of(scope)));
    }

    /** A person with roles. */
    public static Principal user(String name, Set<Role> roles) {
        return new Principal(Kind.USER, name, closest(roles), Optional.empty(), roles);
    }

    /** Whoever holds the local operator's key. */
    public static Principal operator() {
        return new Principal(Kind.OPERATOR, "operator", Scope.ADMIN);
    }

    /** What stands behind a name. */
    public enum Kind {
        /** A person signed in with a session or with an own key at the shell. */
        USER,
        /** A program with a bearer token. */
        TOKEN,
        /** Whoever holds the local operator's key: the shell. */
        OPERATOR
    }

    /** Whether the {@link Policy} lets the roles do it and, of a token, whether its scope includes it. */
    public boolean may(Permission permission) {
        return (kind != Kind.TOKEN || scope.covers(permission.scope())) && Policy.permits(roles, permission);
    }

    /** How the audit log names one: a token is told from a person of the same name. */
    public String actor() {
        return kind == Kind.TOKEN ? "token:" + name : name;
    }

    /** The roles in words, such as {@code operator,security}; of a token its scope, which is what bounds it. */
    public String role() {
        return kind == Kind.TOKEN
                ? scope.word()
                : String.join(",", roles.stream().sorted().map(Role::word).toList());
    }

    private static Scope closest(Set<Role> roles) {
        if (roles.contains(Role.ADMIN)) {
            return Scope.ADMIN;
        }
        return roles.contains(Role.OPERATOR) ? Scope.WRITE : Scope.READ;
    }
}
