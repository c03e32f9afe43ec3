package org.hearthwatch.api.access;

import java.net.URI;
import java.util.Map;
import org.hearthwatch.api.secret.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** Signing in at somebody else's door, there while one is configured: the browser goes there and comes back. Thread-safe. */
@ProviderType
public interface FederatedSignIn {

    /** What the sign-in page calls it, such as {@code Authelia}. */
    String title();

    /**
     * Begins.
     *
     * @throws Refusal if the provider cannot be reached or too many are signing in
     */
    Departure begin() throws Refusal;

    /**
     * Ends: checks what the browser brings back and lets the person in.
     *
     * @param binding what {@link #begin} gave to this browser
     * @param parameters of the address the browser came back with
     */
    Sessions.Session complete(Secret binding, Map<String, String> parameters, String origin) throws Refusal;

    /**
     * What the browser gets on its way.
     *
     * @param destination where to send it
     * @param binding a cookie for it alone: without it, what comes back is refused
     */
    record Departure(URI destination, Secret binding) {}
}
