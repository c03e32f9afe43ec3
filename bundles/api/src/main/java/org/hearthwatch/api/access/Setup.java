package org.hearthwatch.api.access;

import org.hearthwatch.api.secret.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** The first start: a one-time code, printed to the local operator, is exchanged for the first administrator. Thread-safe. */
@ProviderType
public interface Setup {

    /** Whether there is no administrator yet. */
    boolean needed();

    /** Whether this is the current, unexpired code; attempts are limited. Does not use the code up. */
    boolean accepts(Secret code) throws Refusal;

    /**
     * Makes the first administrator; the code is used up.
     *
     * @throws Refusal if set-up was done, the code is wrong or expired, or name or password break a rule
     */
    void complete(Secret code, String userName, Secret password) throws Refusal;

    /**
     * Makes a new code, ending the former, and writes the set-up link where the operator finds it.
     *
     * @return the path and query of the set-up page with the code, to put behind the console's address
     * @throws Refusal if set-up was done
     */
    String renewLink() throws Refusal;
}
