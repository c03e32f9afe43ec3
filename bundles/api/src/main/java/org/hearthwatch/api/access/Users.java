package org.hearthwatch.api.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.secret.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The people who may sign in. Whatever takes rights away ends the sessions of those it concerns, and there is always at least
 * one administrator with a password who may sign in. Thread-safe; changes are on disk when a method returns.
 */
@ProviderType
public interface Users {

    /** All, by name. */
    List<User> list();

    /** Who a name stands for, with the roles of this moment; empty if there is nobody or they may not sign in. */
    Optional<Principal> principal(String name);

    void add(String name, Set<Role> roles, Secret password) throws Refusal;

    /** Also revokes the tokens the user made. The last administrator cannot be removed. */
    void remove(String name) throws Refusal;

    /** All of it; or, where a part is refused, nothing. */
    void change(String name, Change change) throws Refusal;

    default void changePassword(String name, Secret password) throws Refusal {
        change(name, new Change(Optional.empty(), Optional.of(password), Optional.empty()));
    }

    /** As somebody does for themselves: the old password is checked, with the limits that signing in has. */
    void changeOwnPassword(String name, Secret old, Secret password, String origin) throws Refusal;

    default void changeRoles(String name, Set<Role> roles) throws Refusal {
        change(name, new Change(Optional.of(roles), Optional.empty(), Optional.empty()));
    }

    /** Lets a user sign in, or no longer. */
    default void enable(String name, boolean enabled) throws Refusal {
        change(name, new Change(Optional.empty(), Optional.empty(), Optional.of(enabled)));
    }

    /** Forgets the failed attempts that make a user wait, from wherever they came. */
    void unlock(String name) throws Refusal;

    /**
     * What is to be different about a user; what is empty stays as it is. The password stays its owner's to close.
     *
     * @param enabled whether they may sign in
     */
    record Change(Optional<Set<Role>> roles, Optional<Secret> password, Optional<Boolean> enabled) {

        public Change {
            roles = roles.map(Set::copyOf);
        }
    }
}
