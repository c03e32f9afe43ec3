package org.hearthwatch.prometheus.osgi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.prometheus.out.Relabelling;
import org.hearthwatch.prometheus.out.SendSettings;

/** Makes settings of what stands in an endpoint's configuration file. */
final class SendSettingsReader {

    static final String PID = "org.hearthwatch.prometheus.remotewrite";

    private static final Set<String> OURS = Set.of(
            "authorization",
            "content-encoding",
            "content-type",
            "content-length",
            "host",
            "connection",
            "transfer-encoding",
            "user-agent",
            "x-prometheus-remote-write-version");

    private final SettingReader reader;

    /** @param pid of the one configuration, as {@code org.hearthwatch.prometheus.remotewrite~mimir} */
    SendSettingsReader(String pid) {
        reader = new SettingReader(pid);
    }

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    SendSettings sending(SendConfig config) {
        Relabelling relabelling = reader.parsed(
                "writeRelabel",
                config.writeRelabel(),
                "rules of Prometheus's write_relabel_configs",
                Relabelling::parse);
        return new SendSettings(
                Labels.of(reader.pairs(
                        "externalLabels", config.externalLabels(), '=', "name=value, separated by commas")),
                relabelling,
                reader.count("samplesPerSend", config.samplesPerSend(), 1, 100_000),
                reader.count("shards", config.shards(), 1, 8),
                reader.duration("maxAge", config.maxAge(), Duration.ofMinutes(1), Duration.ofDays(3650)));
    }

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    EndpointSettings endpoint(SendConfig config) {
        Map<String, String> headers = reader.headers("headers", config.headers(), OURS);
        Optional<SecretRef> password = reader.reference("password", config.password());
        Optional<SecretRef> token = reader.reference("token", config.token());
        if (token.isPresent() && (password.isPresent() || !config.username().isBlank())) {
            throw reader.refused("token", config.token(), "a value only where there are no username and password");
        }
        if (config.cert().isBlank() != config.key().isBlank()) {
            throw reader.refused("cert", config.cert(), "a value only together with key");
        }
        return new EndpointSettings(
                reader.address(
                        "url", config.url(), "an address such as https://mimir.lan/api/v1/push, without user name"),
                headers,
                config.username().strip(),
                password,
                token,
                new EndpointTls(file(config.ca()), file(config.cert()), file(config.key())),
                reader.duration("timeout", config.timeout(), Duration.ofSeconds(1), Duration.ofMinutes(5)));
    }

    private static Optional<Path> file(String text) {
        return Optional.of(text.strip()).filter(path -> !path.isEmpty()).map(Path::of);
    }
}
