package org.hearthwatch.transport.osgi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
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

    private static final SettingReader READER = new SettingReader(TransportConfig.PID);

    Settings {
        authorities = List.copyOf(authorities);
        clientAuthorities = List.copyOf(clientAuthorities);
    }

    /** @throws InvalidSettingException naming the setting and what it takes */
    static Settings of(TransportConfig config) {
        return new Settings(
                SecurityProfile.of(config.profile().trim())
                        .orElseThrow(() -> READER.refused("profile", config.profile(), "standard, high or airgap")),
                new EgressRules(
                        READER.word("egress", config.egress().toLowerCase(Locale.ROOT), Reach.class),
                        READER.list("allow", config.allow(), Destination::parse),
                        Set.copyOf(READER.list("tls12Hosts", config.tls12Hosts(), Settings::host)),
                        pins(config.pins())),
                READER.list("caFiles", config.caFiles(), Settings::file),
                certificate(config),
                READER.list("clientCaFiles", config.clientCaFiles(), Settings::file));
    }

    /** Whether the files can be read is seen when they are needed: whoever renews them may not be done yet. */
    private static Optional<KeyFiles> certificate(TransportConfig config) {
        Optional<SecretRef> password = READER.reference("certificateKeyPassword", config.certificateKeyPassword());
        if (config.certificate().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new KeyFiles(
                READER.path("certificate", config.certificate()),
                READER.path("certificateKey", config.certificateKey()),
                password));
    }

    private static Map<String, List<Pin>> pins(String text) {
        Map<String, List<Pin>> pins = new LinkedHashMap<>();
        for (Map.Entry<String, List<Pin>> entry : READER.list("pins", text, Settings::pinsOfHost)) {
            pins.put(entry.getKey(), entry.getValue());
        }
        return pins;
    }

    private static Map.Entry<String, List<Pin>> pinsOfHost(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("HOST = sha256/BASE64 sha256/BASE64");
        }
        List<Pin> pins = Stream.of(text.substring(equals + 1).trim().split("\\s+", -1))
                .map(Pin::new)
                .toList();
        return Map.entry(host(text.substring(0, equals).trim()), pins);
    }

    private static String host(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (!host.matches("[a-z0-9._-]{1,253}|\\[?[0-9a-f:.]{2,45}]?")) {
            throw new IllegalArgumentException("names or addresses of hosts without a port");
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Path file(String text) {
        Path file = Path.of(text);
        if (!file.isAbsolute() || !Files.isReadable(file)) {
            throw new IllegalArgumentException("absolute paths of files that can be read");
        }
        return file;
    }
}
