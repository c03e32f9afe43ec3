package org.hearthwatch.notifier.webhook;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * How a token is asked for with OAuth 2's client credentials (RFC 6749, section 4.4).
 *
 * @param more further parameters of the request
 */
public record ClientCredentials(
        URI tokenUrl, String clientId, SecretText clientSecret, List<String> scopes, Map<String, String> more) {

    public ClientCredentials {
        scopes = List.copyOf(scopes);
        more = Map.copyOf(more);
    }
}
