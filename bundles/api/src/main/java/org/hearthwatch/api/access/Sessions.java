package org.hearthwatch.api.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.secret.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** Signing in at the console. Sessions live on the server, end when idle and at the latest after a fixed time. Thread-safe. */
@ProviderType
public interface Sessions {

    /**
     * Signs a person in.
     *
     * @param code from the person's second factor, or a recovery code
     * @param origin the address the attempt comes from; failed attempts are limited by it and by the name
     * @throws Refusal with one message for a wrong name and a wrong password; {@link Refusal.Kind#CODE_NEEDED} if both are
     *     right and a code is missing
     */
    Session signIn(String userName, Secret password, Optional<Secret> code, String origin) throws Refusal;

    /** Signs in a person without a second factor. */
    default Session signIn(String userName, Secret password, String origin) throws Refusal {
        return signIn(userName, password, Optional.empty(), origin);
    }

    /**
     * Somebody who is signed in shows again who they are: by their code if they have a second factor, by their password
     * otherwise.
     *
     * @return the session under a new id; the former id is no longer good
     */
    Session confirm(Secret id, Secret proof, String origin) throws Refusal;

    /** The session a cookie names; empty if there is none or it has ended. Counts as use unless {@code passive}. */
    Optional<Session> find(Secret id, boolean passive);

    void signOut(Secret id);

    /** The sessions there are, the most recently used first. */
    List<Open> open();

    /** Ends the session of a handle. */
    void revoke(String handle) throws Refusal;

    /**
     * Ends all sessions of a user.
     *
     * @return how many there were
     */
    int revokeAll(String userName);

    /**
     * A session.
     *
     * @param id what the cookie carries
     * @param csrf what unsafe requests must repeat in the {@code X-CSRF-Token} header
     * @param fresh whether the person has shown in the last minutes who they are
     */
    record Session(Secret id, Principal principal, String csrf, boolean fresh) {

        /** One that has just begun. */
        public Session(Secret id, Principal principal, String csrf) {
            this(id, principal, csrf, true);
        }
    }

    /**
     * What others may know of a session.
     *
     * @param handle names it, and is of no use as a cookie
     * @param origin the address it was begun from
     * @param means how its owner showed who they are, such as {@code password+totp}
     */
    record Open(String handle, String user, String origin, String means, Instant began, Instant used) {}
}
