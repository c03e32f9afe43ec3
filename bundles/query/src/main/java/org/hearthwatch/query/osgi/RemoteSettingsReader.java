package org.hearthwatch.query.osgi;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.query.remote.RemoteFirst;

/** Makes settings of what the configuration file says about a remote engine. */
final class RemoteSettingsReader {

    private static final String HEADERS = "Name: value, separated by commas, none of those we set";
    private static final Set<String> OURS = Set.of(
            "accept-encoding",
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "host",
            "transfer-encoding",
            "user-agent");

    private static final SettingReader READER = SettingsReader.READER;

    private RemoteSettingsReader() {}

    /**
     * The remote engine, where one is to answer.
     *
     * @throws InvalidSettingException naming the first setting that is not allowed
     */
    static Optional<RemoteSettings> read(QueryConfig config) {
        return switch (config.engine().strip()) {
            case "embedded" -> Optional.empty();
            case "remote" -> Optional.of(settings(config));
            default -> throw READER.refused("engine", config.engine(), "embedded or remote");
        };
    }

    private static RemoteSettings settings(QueryConfig config) {
        Optional<SecretRef> password = READER.reference("remotePassword", config.remotePassword());
        Optional<SecretRef> token = READER.reference("remoteToken", config.remoteToken());
        String username = config.remoteUsername().strip();
        if (token.isPresent() && (password.isPresent() || !username.isEmpty())) {
            throw READER.refused(
                    "remoteToken",
                    config.remoteToken(),
                    "a value only where there are no remoteUsername and remotePassword");
        }
        var terms = new RemoteFirst.Terms(
                READER.duration("remoteTimeout", config.remoteTimeout(), Duration.ofSeconds(1), Duration.ofMinutes(10)),
                READER.duration("fallback", config.fallback(), Duration.ZERO, Duration.ofDays(1)));
        return new RemoteSettings(
                url(config.remoteUrl()), headers(config.remoteHeaders()), username, password, token, terms);
    }

    private static URI url(String text) {
        String allowed = "what stands before /api/v1, such as http://mimir.lan:8080/prometheus, without user name,"
                + " needed with engine = remote";
        URI url = READER.parsed(
                "remoteUrl",
                text,
                allowed,
                address -> URI.create(address.strip().replaceAll("/+$", "")));
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw READER.refused("remoteUrl", text, allowed);
        }
        return url;
    }

    private static Map<String, String> headers(String text) {
        var headers = new LinkedHashMap<String, String>();
        for (String pair : text.split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            String[] sides = pair.split(":", 2);
            String name = sides[0].strip();
            if (sides.length < 2
                    || !name.matches("[A-Za-z0-9-]+")
                    || OURS.contains(name.toLowerCase(Locale.ROOT))
                    || pair.chars().anyMatch(Character::isISOControl)) {
                throw READER.refused("remoteHeaders", text, HEADERS);
            }
            headers.put(name, sides[1].strip());
        }
        return headers;
    }
}
