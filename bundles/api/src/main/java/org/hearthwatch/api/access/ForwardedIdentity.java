package org.hearthwatch.api.access;

import java.util.Optional;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** Recognises people whom a trusted proxy has signed in and names in headers. Off unless configured. Thread-safe. */
@ProviderType
public interface ForwardedIdentity {

    /** Whether a request carries the header that names somebody, whoever sent it. */
    boolean isClaimed(Function<String, Optional<String>> headers);

    /**
     * Whom the headers name.
     *
     * @param address where the request comes from; only the proxy's is believed
     * @throws Refusal if the address is not the proxy's, its secret is missing or wrong, or the person may not come in
     */
    Principal recognise(String address, Function<String, Optional<String>> headers) throws Refusal;
}
