package org.hearthwatch.api.access;

import java.util.List;
import org.hearthwatch.api.secret.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** The people who may sign in. Thread-safe; changes are on disk when a method returns. */
@ProviderType
public interface Users {

    /** All, by name. */
    List<User> list();

    void add(String name, Scope scope, Secret password) throws Refusal;

    /** Also ends the user's sessions. The last administrator cannot be removed. */
    void remove(String name) throws Refusal;

    /** Also ends the user's sessions. */
    void changePassword(String name, Secret password) throws Refusal;

    /** The last administrator stays one. */
    void changeScope(String name, Scope scope) throws Refusal;
}
