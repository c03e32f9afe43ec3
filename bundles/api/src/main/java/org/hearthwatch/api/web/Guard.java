package org.hearthwatch.api.web;

import java.util.Optional;
import org.hearthwatch.api.access.Permission;

/** Who may use a route. */
public sealed interface Guard {

    /** The permission that lets in whoever is not let in anyway; empty where everyone is. */
    default Optional<Permission> needed() {
        return Optional.empty();
    }

    /** Everyone who reaches the port: the sign-in page and its assets. Say it only where nothing is given away. */
    record Open() implements Guard {}

    /** A person or token that has the permission. */
    record Needs(Permission permission) implements Guard {
        @Override
        public Optional<Permission> needed() {
            return Optional.of(permission);
        }
    }

    /** Everyone on the machine itself; from elsewhere as {@link Needs}. */
    record OpenOnLoopback(Permission permission) implements Guard {
        @Override
        public Optional<Permission> needed() {
            return Optional.of(permission);
        }
    }

    static Guard open() {
        return new Open();
    }

    static Guard needs(Permission permission) {
        return new Needs(permission);
    }

    static Guard openOnLoopback(Permission permission) {
        return new OpenOnLoopback(permission);
    }
}
