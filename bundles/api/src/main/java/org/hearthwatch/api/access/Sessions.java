package org.hearthwatch.api.access;

import java.util.Optional;
import org.hearthwatch.api.secret.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** Signing in at the console. Sessions live on the server, end when idle and at the latest after a fixed time. Thread-safe. */
@ProviderType
public interface Sessions {

    /**
     * Signs a person in.
     *
     * @param origin the address the attempt comes from; failed attempts are limited by it and by the name
     * @throws Refusal with one message for a wrong name and a wrong password
     */
    Session signIn(String userName, Secret password, String origin) throws Refusal;

    /** The session a cookie names; empty if there is none or it has ended. Counts as use unless {@code passive}. */
    Optional<Session> find(Secret id, boolean passive);

    void signOut(Secret id);

    /**
     * A session.
     *
     * @param id what the cookie carries
     * @param csrf what unsafe requests must repeat in the {@code X-CSRF-Token} header
     */
    record Session(Secret id, Principal principal, String csrf) {}
}
