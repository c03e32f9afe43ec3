package org.hearthwatch.access.oidc;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** How the provider is asked: through the gate for outgoing connections, without following redirects. */
public interface Web {

    /**
     * Reads a JSON document.
     *
     * @throws IOException also if the answer is not 200, too long or too late; the message says which
     */
    String get(URI address) throws IOException;

    /** Sends a form and reads the answer, as {@link #get}. */
    String post(URI address, Map<String, String> form, Map<String, String> headers) throws IOException;
}
