package org.hearthwatch.prometheus.osgi;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.api.secret.SecretRef;

/** How an endpoint is reached. */
record EndpointSettings(
        URI url,
        Map<String, String> headers,
        String username,
        Optional<SecretRef> password,
        Optional<SecretRef> token,
        EndpointTls tls,
        Duration timeout) {

    /** The port of the address, the scheme's usual one where none is named. */
    int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return url.getScheme().equals("https") ? 443 : 80;
    }
}
