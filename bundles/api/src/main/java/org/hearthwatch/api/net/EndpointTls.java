package org.hearthwatch.api.net;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an endpoint wants of TLS besides what holds for all: files in PEM, read when a connection is prepared.
 *
 * @param authorities whom to trust in place of the appliance's authorities
 * @param certificate what to present to a server that asks who we are, with those it was issued by
 * @param key the certificate's key, not encrypted; both or neither are there
 */
public record EndpointTls(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {

    /** Nothing special. */
    public static final EndpointTls NONE = new EndpointTls(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Set<String> KEYS = Set.of(
            "ca",
            "ca_file",
            "cert",
            "cert_file",
            "key",
            "key_file",
            "server_name",
            "insecure_skip_verify",
            "min_version",
            "max_version");
    private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");

    public EndpointTls {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("cert_file: cert_file and key_file go together");
        }
    }

    /**
     * Reads a {@code tls_config} as Prometheus and Alertmanager have it. No version is lower than the one the appliance speaks
     * anyway, and certificates are always checked, for the address's own host.
     *
     * @throws IllegalArgumentException beginning with the key that is not allowed and a colon
     */
    public static EndpointTls ofTlsConfig(Map<String, ?> config) {
        for (String key : config.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(key + ": is not known in a tls_config");
            }
        }
        if (!List.of("", "false").contains(text(config, "insecure_skip_verify"))) {
            throw new IllegalArgumentException(
                    "insecure_skip_verify: certificates are always checked; name the other side's authority in ca_file");
        }
        for (String key : List.of("ca", "cert", "key")) {
            if (!text(config, key).isEmpty()) {
                throw new IllegalArgumentException(key + ": put it into a file and name that in " + key + "_file");
            }
        }
        if (!text(config, "server_name").isEmpty()) {
            throw new IllegalArgumentException("server_name: the certificate has to be for the address's own host");
        }
        String least = text(config, "min_version");
        if (!least.isEmpty() && !VERSIONS.contains(least)) {
            throw new IllegalArgumentException("min_version: takes one of " + String.join(", ", VERSIONS));
        }
        if (!List.of("", "TLS13").contains(text(config, "max_version"))) {
            throw new IllegalArgumentException("max_version: takes TLS13 only");
        }
        return new EndpointTls(file(config, "ca_file"), file(config, "cert_file"), file(config, "key_file"));
    }

    private static Optional<Path> file(Map<String, ?> config, String key) {
        return Optional.of(text(config, key)).filter(path -> !path.isEmpty()).map(Path::of);
    }

    private static String text(Map<String, ?> config, String key) {
        Object value = config.get(key);
        return value == null ? "" : value.toString();
    }
}
