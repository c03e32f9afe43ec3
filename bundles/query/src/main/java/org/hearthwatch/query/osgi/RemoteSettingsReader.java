package org.hearthwatch.query.osgi;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.query.remote.RemoteFirst;

/** Makes settings of what the configuration file says about a remote engine. */
final class RemoteSettingsReader {

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
                url(config.remoteUrl()),
                READER.headers("remoteHeaders", config.remoteHeaders(), OURS),
                username,
                password,
                token,
                terms);
    }

    private static URI url(String text) {
        String allowed = "what stands before /api/v1, such as http://mimir.lan:8080/prometheus, without user name,"
                + " needed with engine = remote";
        URI url = READER.address("remoteUrl", text.strip().replaceAll("/+$", ""), allowed);
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw READER.refused("remoteUrl", text, allowed);
        }
        return url;
    }
}
