package org.hearthwatch.transport.osgi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.security.SecurityProfile;
import org.hearthwatch.transport.certificate.KeyFiles;
import org.hearthwatch.transport.certificate.Pin;
import org.hearthwatch.transport.egress.Destination;
import org.hearthwatch.transport.egress.EgressRules;
import org.hearthwatch.transport.egress.EgressRules.Reach;

/**
 * Turns configuration strings into settings.
 *
 * @param authorities files of authorities to trust besides Java's
 * @param clientAuthorities files of authorities whose clients are known to our listeners
 */
record Settings(
        SecurityProfile profile,
        EgressRules egress,
        List<Path> authorities,
        Optional<KeyFiles> certificate,
        List<Path> clientAuthorities) {

    Settings {
        authorities = List.copyOf(authorities);
        clientAuthorities = List.copyOf(clientAuthorities);
    }

    /** @throws InvalidSettingException naming the setting and what it takes */
    static Settings of(TransportConfig config) {
        return new Settings(
                SecurityProfile.of(config.profile().trim())
                        .orElseThrow(() -> refused("profile", config.profile(), "standard, high or airgap")),
                new EgressRules(
                        reach(config.egress()),
                        reading("allow", config.allow(), Destination::parse),
                        Set.copyOf(reading("tls12Hosts", config.tls12Hosts(), Settings::host)),
                        pins(config.pins())),
                reading("caFiles", config.caFiles(), Settings::file),
                certificate(config),
                reading("clientCaFiles", config.clientCaFiles(), Settings::file));
    }

    /** Whether the files can be read is seen when they are needed: whoever renews them may not be done yet. */
    private static Optional<KeyFiles> certificate(TransportConfig config) {
        String password = config.certificateKeyPassword().trim();
        if (!password.isEmpty() && !SecretRef.isReference(password)) {
            throw refused(
                    "certificateKeyPassword",
                    "***",
                    "where the password is, such as secret:tls/key or file:/run/secrets/key, never the password itself");
        }
        if (config.certificate().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new KeyFiles(
                absolute("certificate", config.certificate()),
                absolute("certificateKey", config.certificateKey()),
                password.isEmpty() ? Optional.empty() : Optional.of(SecretRef.parse(password))));
    }

    private static Path absolute(String key, String text) {
        Path file = Path.of(text.trim());
        if (!file.isAbsolute()) {
            throw refused(key, text, "the absolute path of a file");
        }
        return file;
    }

    private static Reach reach(String text) {
        try {
            return Reach.valueOf(text.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw refused("egress", text, "any, listed or private");
        }
    }

    private static Map<String, List<Pin>> pins(String text) {
        Map<String, List<Pin>> pins = new LinkedHashMap<>();
        for (Map.Entry<String, List<Pin>> entry : reading("pins", text, Settings::pinsOfHost)) {
            pins.put(entry.getKey(), entry.getValue());
        }
        return pins;
    }

    private static Map.Entry<String, List<Pin>> pinsOfHost(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("HOST = sha256/BASE64 sha256/BASE64, several hosts separated by commas");
        }
        List<Pin> pins = Stream.of(text.substring(equals + 1).trim().split("\\s+", -1))
                .map(Pin::new)
                .toList();
        return Map.entry(host(text.substring(0, equals).trim()), pins);
    }

    private static String host(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (!host.matches("[a-z0-9._-]{1,253}|\\[?[0-9a-f:.]{2,45}]?")) {
            throw new IllegalArgumentException("names or addresses of hosts without a port, separated by commas");
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Path file(String text) {
        Path file = Path.of(text);
        if (!file.isAbsolute() || !Files.isReadable(file)) {
            throw new IllegalArgumentException("absolute paths of files that can be read, separated by commas");
        }
        return file;
    }

    private static <T> List<T> reading(String key, String text, Function<String, T> reader) {
        List<T> values = new ArrayList<>();
        for (String entry : entries(text)) {
            try {
                values.add(reader.apply(entry));
            } catch (IllegalArgumentException e) {
                throw refused(key, entry, String.valueOf(e.getMessage()));
            }
        }
        return values;
    }

    private static Set<String> entries(String text) {
        Set<String> entries = new LinkedHashSet<>();
        Stream.of(text.split(",", -1))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .forEach(entries::add);
        return entries;
    }

    private static InvalidSettingException refused(String key, String value, String allowed) {
        return new InvalidSettingException(TransportConfig.PID, key, value, allowed);
    }
}
