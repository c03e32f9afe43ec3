package org.hearthwatch.api.access;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Lets people in for whom somebody else vouches: an OpenID provider, a proxy that has signed them in. Thread-safe. */
@ProviderType
public interface ExternalSignIn {

    /**
     * Begins a session. Someone who comes for the first time gets an account without a password; it belongs to that provider
     * and subject for good, so that no provider can sign in as a local user or as another's.
     *
     * @throws Refusal if nobody of that identity may come in
     */
    Sessions.Session admit(Identity who, String origin) throws Refusal;

    /**
     * Someone as their provider knows them.
     *
     * @param provider its name in the configuration
     * @param subject what never changes about them there
     * @param name the name they would like to have
     * @param roles what the provider's groups give them here; replaces what they had
     */
    record Identity(String provider, String subject, String name, Set<Role> roles) {

        public Identity {
            roles = Set.copyOf(roles);
        }
    }
}
