package org.hearthwatch.query.osgi;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.query.remote.RemoteFirst;

/**
 * How a remote engine is reached and used.
 *
 * @param url what stands before {@code /api/v1}, without a slash at its end
 */
record RemoteSettings(
        URI url,
        Map<String, String> headers,
        String username,
        Optional<SecretRef> password,
        Optional<SecretRef> token,
        RemoteFirst.Terms terms) {

    /** The port of the address, the scheme's usual one where none is named. */
    int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return url.getScheme().equals("https") ? 443 : 80;
    }
}
