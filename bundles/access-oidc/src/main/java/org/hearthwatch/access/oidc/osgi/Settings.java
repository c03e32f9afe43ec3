package org.hearthwatch.access.oidc.osgi;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.access.oidc.Addresses;
import org.hearthwatch.access.oidc.OidcSettings;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.secret.SecretRef;

/** Turns configuration strings into settings. */
final class Settings {

    private static final String RETURN = "/api/hw/sign-in/return";

    private Settings() {}

    /**
     * @return empty if no issuer is set
     * @throws InvalidSettingException naming the setting and what it takes
     */
    static Optional<OidcSettings> of(OidcConfig config) {
        if (config.issuer().isBlank()) {
            return Optional.empty();
        }
        if (config.clientId().isBlank()) {
            throw refused("clientId", "", "the id under which this appliance is registered at the provider");
        }
        return Optional.of(new OidcSettings(
                config.title(),
                address("issuer", config.issuer().strip()),
                config.clientId().strip(),
                secret(config.clientSecret().strip()),
                address("consoleAddress", stripSlash(config.consoleAddress().strip()) + RETURN),
                words(config.scopes()),
                config.nameClaim().strip(),
                config.groupsClaim().strip(),
                roles(config.roles())));
    }

    private static Optional<SecretRef> secret(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!SecretRef.isReference(text)) {
            throw refused("clientSecret", "***", "a reference such as secret:oidc/client, never the secret itself");
        }
        return Optional.of(SecretRef.parse(text));
    }

    private static URI address(String key, String text) {
        try {
            URI address = URI.create(text);
            if (Addresses.isSafe(address)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below: what is wrong with it does not matter, what is taken does.
        }
        throw refused(key, text, "an https address, or http on this machine");
    }

    private static Map<String, Set<Role>> roles(String text) {
        Map<String, Set<Role>> roles = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String pair = part.strip();
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.lastIndexOf('=');
            try {
                roles.computeIfAbsent(
                                pair.substring(0, Math.max(0, equals)).strip(), group -> EnumSet.noneOf(Role.class))
                        .add(Role.of(pair.substring(equals + 1).strip()));
            } catch (IllegalArgumentException e) {
                throw refused("roles", pair, "GROUP=ROLE with commas between; " + e.getMessage());
            }
        }
        if (roles.containsKey("")) {
            throw refused("roles", text, "GROUP=ROLE with commas between");
        }
        return roles;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String stripSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static InvalidSettingException refused(String key, String value, String allowed) {
        return new InvalidSettingException(OidcConfig.PID, key, value, allowed);
    }
}
