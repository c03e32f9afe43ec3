package org.hearthwatch.api.access;

import java.util.Optional;
import java.util.Set;

/**
 * The right to do one kind of thing: {@code verb:resource}, or {@code verb:resource:selector} for a part of the resource,
 * such as {@code manage:tokens} or {@code push:samples:nas}. A name given the other way round is turned.
 *
 * @param name shown when the permission is missing, and the action in the audit log
 * @param scope the least scope a token needs for it; of people, {@link Policy} decides
 */
public record Permission(String name, Scope scope) {

    private static final Set<String> VERBS = Set.of(
            "read",
            "write",
            "edit",
            "manage",
            "push",
            "send",
            "delete",
            "copy",
            "export",
            "restore",
            "reveal",
            "verify",
            "test",
            "reload",
            "acknowledge",
            "silence",
            "end",
            "renew",
            "run",
            "ask",
            "use");

    public Permission {
        String[] parts = name.split(":", 3);
        if (parts.length == 2 && VERBS.contains(parts[1]) && !VERBS.contains(parts[0])) {
            name = parts[1] + ':' + parts[0];
        }
    }

    public static Permission read(String name) {
        return new Permission(name, Scope.READ);
    }

    public static Permission write(String name) {
        return new Permission(name, Scope.WRITE);
    }

    public static Permission admin(String name) {
        return new Permission(name, Scope.ADMIN);
    }

    /** What is done, such as {@code manage}. */
    public String verb() {
        return name.split(":", 3)[0];
    }

    /** To what, such as {@code tokens}. */
    public String resource() {
        String[] parts = name.split(":", 3);
        return parts.length > 1 ? parts[1] : "";
    }

    /** To which part of it. */
    public Optional<String> selector() {
        String[] parts = name.split(":", 3);
        return parts.length > 2 ? Optional.of(parts[2]) : Optional.empty();
    }
}
