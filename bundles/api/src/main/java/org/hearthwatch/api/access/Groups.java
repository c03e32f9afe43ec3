package org.hearthwatch.api.access;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The groups of users. A change ends the sessions of the members it concerns. Thread-safe; changes are on disk on return. */
@ProviderType
public interface Groups {

    /** All, by name. */
    List<Group> list();

    void add(String name, Set<Role> roles) throws Refusal;

    void changeRoles(String name, Set<Role> roles) throws Refusal;

    /** The members lose its roles and stay. */
    void remove(String name) throws Refusal;

    void join(String group, String user) throws Refusal;

    void leave(String group, String user) throws Refusal;
}
