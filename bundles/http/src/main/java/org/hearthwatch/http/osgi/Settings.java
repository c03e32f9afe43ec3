package org.hearthwatch.http.osgi;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.net.AddressRange;
import org.hearthwatch.http.HttpSettings;
import org.hearthwatch.http.Sources;
import org.hearthwatch.http.jetty.PortLimits;

/** Turns configuration strings into settings. */
record Settings(HttpSettings edge, PortLimits port, List<ListenAddress> addresses) {

    Settings {
        addresses = List.copyOf(addresses);
    }

    private static final SettingReader READER = new SettingReader(HttpConfig.PID);
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,252})|\\[[0-9a-f:.]{2,45}]");

    /** @throws InvalidSettingException naming the setting and what it takes */
    static Settings of(HttpConfig config) {
        return new Settings(
                new HttpSettings(
                        hosts(config.hosts()),
                        READER.count("maxStreams", config.maxStreams(), 1, 500),
                        new Sources(
                                READER.list("allowedSources", config.allowedSources(), AddressRange::parse),
                                READER.list("metricsSources", config.metricsSources(), AddressRange::parse),
                                READER.list("pushSources", config.pushSources(), AddressRange::parse))),
                new PortLimits(
                        READER.count("connections", config.connections(), 10, 2000),
                        READER.count("connectionsPerAddress", config.connectionsPerAddress(), 1, 2000),
                        READER.count("connectionRate", config.connectionRate(), 1, 1000),
                        READER.duration(
                                "requestDeadline",
                                config.requestDeadline(),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(5)),
                        READER.duration(
                                "idleTimeout", config.idleTimeout(), Duration.ofSeconds(20), Duration.ofHours(1))),
                READER.list("addresses", config.addresses(), ListenAddress::parse));
    }

    private static Set<String> hosts(String text) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            String host = part.trim().toLowerCase(Locale.ROOT);
            if (host.isEmpty()) {
                continue;
            }
            if (!HOST.matcher(host).matches()) {
                throw READER.refused("hosts", part.trim(), "host names without scheme and port, separated by commas");
            }
            hosts.add(host);
        }
        return hosts;
    }
}
