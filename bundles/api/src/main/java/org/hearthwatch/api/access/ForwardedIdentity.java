package org.hearthwatch.api.access;

import java.util.Optional;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** Lets people in whom a trusted proxy has signed in and names in a header; there while one is configured. Thread-safe. */
@ProviderType
public interface ForwardedIdentity {

    /**
     * Begins a session for whom the headers name.
     *
     * @param address where the request comes from; only the proxy's is believed
     * @throws Refusal if the address is not the proxy's, its secret is missing or wrong, nobody is named, or the person may
     *     not come in
     */
    Sessions.Session admit(String address, Function<String, Optional<String>> headers) throws Refusal;
}
