package org.hearthwatch.access.oidc.osgi;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.access.oidc.Addresses;
import org.hearthwatch.access.oidc.OidcSettings;
import org.hearthwatch.api.access.GroupRole;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;

/** Turns configuration strings into settings. */
final class Settings {

    private static final String RETURN = "/api/hw/sign-in/return";

    private static final SettingReader READER = new SettingReader(OidcConfig.PID);

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
            throw READER.refused("clientId", "", "the id under which this appliance is registered at the provider");
        }
        return Optional.of(new OidcSettings(
                config.title(),
                address("issuer", config.issuer()),
                config.clientId().strip(),
                READER.reference("clientSecret", config.clientSecret()),
                address("consoleAddress", stripSlash(config.consoleAddress().strip()) + RETURN),
                words(config.scopes()),
                config.nameClaim().strip(),
                config.groupsClaim().strip(),
                GroupRole.byGroup(READER.list("roles", config.roles(), GroupRole::parse))));
    }

    private static URI address(String key, String text) {
        String allowed = "an https address, or http on this machine";
        URI address = READER.address(key, text, allowed);
        if (!Addresses.isSafe(address)) {
            throw READER.refused(key, text, allowed);
        }
        return address;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String stripSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
