package org.hearthwatch.prometheus.osgi;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
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
                Labels.of(pairs("externalLabels", config.externalLabels(), '=', "name=value, separated by commas")),
                relabelling,
                reader.count("samplesPerSend", config.samplesPerSend(), 1, 100_000),
                reader.count("shards", config.shards(), 1, 8),
                reader.duration("maxAge", config.maxAge(), Duration.ofMinutes(1), Duration.ofDays(3650)));
    }

    /** @throws InvalidSettingException naming the first setting that is not allowed */
    EndpointSettings endpoint(SendConfig config) {
        Map<String, String> headers =
                pairs("headers", config.headers(), ':', "Name: value, separated by commas, none of those we set");
        for (String name : headers.keySet()) {
            if (OURS.contains(name.toLowerCase(Locale.ROOT)) || !name.matches("[A-Za-z0-9-]+")) {
                throw reader.refused(
                        "headers", config.headers(), "Name: value, separated by commas, none of those we set");
            }
        }
        Optional<SecretRef> password = reader.reference("password", config.password());
        Optional<SecretRef> token = reader.reference("token", config.token());
        if (token.isPresent() && (password.isPresent() || !config.username().isBlank())) {
            throw reader.refused("token", config.token(), "a value only where there are no username and password");
        }
        if (config.cert().isBlank() != config.key().isBlank()) {
            throw reader.refused("cert", config.cert(), "a value only together with key");
        }
        return new EndpointSettings(
                url(config.url()),
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

    private URI url(String text) {
        String allowed = "an address such as https://mimir.lan/api/v1/push, without user name";
        URI url = reader.parsed("url", text.strip(), allowed, URI::create);
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null) {
            throw reader.refused("url", text, allowed);
        }
        return url;
    }

    private Map<String, String> pairs(String key, String text, char separator, String allowed) {
        var pairs = new LinkedHashMap<String, String>();
        for (String pair : text.split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            int at = pair.indexOf(separator);
            String name = at < 1 ? "" : pair.substring(0, at).strip();
            if (name.isEmpty() || pair.chars().anyMatch(Character::isISOControl)) {
                throw reader.refused(key, text, allowed);
            }
            pairs.put(name, pair.substring(at + 1).strip());
        }
        return pairs;
    }
}
