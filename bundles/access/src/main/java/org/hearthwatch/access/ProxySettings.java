package org.hearthwatch.access;

import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.secret.SecretRef;

/**
 * A proxy that signs people in and names them to us.
 *
 * @param addresses from which alone it is believed
 * @param secret what it must present beside the name
 * @param secretHeader where it presents the secret
 * @param userHeader where it names the person
 * @param groupsHeader where it lists the person's groups, with commas between them
 * @param roles what each group gives here; who is in none of them does not come in
 */
public record ProxySettings(
        Set<String> addresses,
        SecretRef secret,
        String secretHeader,
        String userHeader,
        String groupsHeader,
        Map<String, Set<Role>> roles) {

    public ProxySettings {
        addresses = Set.copyOf(addresses);
        roles = Map.copyOf(roles);
    }
}
