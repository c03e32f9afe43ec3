package org.hearthwatch.api.access;

import java.util.Collection;
import java.util.Set;

/**
 * Who may do what: the one table that the web, the API, the shell and every later mouth ask. Nothing is allowed that it does
 * not name.
 *
 * <table>
 *   <caption>What each role may do</caption>
 *   <tr><td>everybody</td><td>their own account and session</td></tr>
 *   <tr><td>viewer</td><td>what takes the scope read, except confidential resources</td></tr>
 *   <tr><td>operator</td><td>what takes read, write or push, except confidential resources</td></tr>
 *   <tr><td>security</td><td>what a viewer may, and everything about the resources of security</td></tr>
 *   <tr><td>auditor</td><td>everything about the audit log, and nothing else</td></tr>
 *   <tr><td>admin</td><td>everything</td></tr>
 * </table>
 */
public final class Policy {

    /** What everybody who is signed in has of their own. */
    private static final Set<String> OWN = Set.of("session", "account");

    private static final Set<String> AUDIT = Set.of("audit");

    /** Not for the eyes of those who only look at measurements, whatever scope a route asks of a token. */
    private static final Set<String> CONFIDENTIAL = Set.of(
            "audit", "users", "groups", "roles", "tokens", "sessions", "secrets", "vault", "backups", "settings");

    /**
     * What the role security looks after. Not users, groups and tokens, nor plugins and backups: whoever manages those, or
     * brings code or another state in, can be everybody.
     */
    private static final Set<String> SECURITY = Set.of(
            "audit",
            "sessions",
            "secrets",
            "vault",
            "transport",
            "tls",
            "certificates",
            "pins",
            "egress",
            "firewall",
            "profile",
            "security",
            "promises",
            "settings",
            "roles",
            "access");

    /** What is changed only by somebody who has just shown again who they are. */
    private static final Set<String> SENSITIVE = Set.of(
            "account", "users", "groups", "secrets", "vault", "plugins", "firewall", "tokens", "backups", "profile");

    private Policy() {}

    /** Whether one of these roles includes a permission. */
    public static boolean permits(Collection<Role> roles, Permission permission) {
        return roles.stream().anyMatch(role -> permits(role, permission));
    }

    /** Whether a role includes a permission. */
    public static boolean permits(Role role, Permission permission) {
        String resource = permission.resource();
        return OWN.contains(resource)
                || switch (role) {
                    case ADMIN -> true;
                    case AUDITOR -> AUDIT.contains(resource);
                    case SECURITY -> SECURITY.contains(resource) || permits(VIEW, permission);
                    case OPERATOR -> permits(OPERATE, permission);
                    case VIEWER -> permits(VIEW, permission);
                };
    }

    /**
     * Whether a person must have shown within the last minutes who they are before they change something with this
     * permission. Tokens cannot, and need not: whoever made them has.
     */
    public static boolean needsFreshProof(Permission permission) {
        return SENSITIVE.contains(permission.resource());
    }

    private static final Scope VIEW = Scope.READ;
    private static final Scope OPERATE = Scope.WRITE;

    private static boolean permits(Scope scope, Permission permission) {
        return scope.covers(permission.scope()) && !CONFIDENTIAL.contains(permission.resource());
    }
}
