package org.hearthwatch.access.oidc;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.secret.SecretRef;

/**
 * What an administrator can set.
 *
 * @param title what the sign-in page calls the provider
 * @param issuer the provider, exactly as it names itself
 * @param secret the client's secret; empty for a client without one, which PKCE protects
 * @param redirect where the browser comes back to: our own address and {@code /api/hw/sign-in/return}
 * @param scopes asked for beside {@code openid}
 * @param nameClaim what holds the user's name
 * @param groupsClaim what holds the user's groups
 * @param roles what each group gives here; who is in none of them does not come in
 */
public record OidcSettings(
        String title,
        URI issuer,
        String clientId,
        Optional<SecretRef> secret,
        URI redirect,
        List<String> scopes,
        String nameClaim,
        String groupsClaim,
        Map<String, Set<Role>> roles) {

    public OidcSettings {
        scopes = List.copyOf(scopes);
        roles = Map.copyOf(roles);
    }
}
