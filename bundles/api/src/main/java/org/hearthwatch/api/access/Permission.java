package org.hearthwatch.api.access;

/**
 * The right to do one kind of thing.
 *
 * @param name a noun and a verb, such as {@code tokens:manage}; shown when it is missing
 * @param scope the least scope that includes it
 */
public record Permission(String name, Scope scope) {

    public static Permission read(String name) {
        return new Permission(name, Scope.READ);
    }

    public static Permission write(String name) {
        return new Permission(name, Scope.WRITE);
    }

    public static Permission admin(String name) {
        return new Permission(name, Scope.ADMIN);
    }
}
