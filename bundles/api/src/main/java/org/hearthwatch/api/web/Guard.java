package org.hearthwatch.api.web;

import org.hearthwatch.api.access.Permission;

/** Who may use a route. */
public sealed interface Guard {

    /** Everyone who reaches the port: the sign-in page and its assets. Say it only where nothing is given away. */
    record Open() implements Guard {}

    /** A person or token that has the permission. */
    record Needs(Permission permission) implements Guard {}

    /** Everyone on the machine itself; from elsewhere as {@link Needs}. */
    record OpenOnLoopback(Permission permission) implements Guard {}

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
