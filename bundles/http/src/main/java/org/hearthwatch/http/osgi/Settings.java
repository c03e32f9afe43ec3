package org.hearthwatch.http.osgi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.net.AddressRange;
import org.hearthwatch.http.HttpSettings;
import org.hearthwatch.http.Sources;
import org.hearthwatch.http.jetty.PortLimits;

/** Turns configuration strings into settings. */
record Settings(HttpSettings edge, PortLimits port, List<ListenAddress> addresses) {

    Settings {
        addresses = List.copyOf(addresses);
    }

    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,252})|\\[[0-9a-f:.]{2,45}]");

    /** @throws InvalidSettingException naming the setting and what it takes */
    static Settings of(HttpConfig config) {
        return new Settings(
                new HttpSettings(
                        hosts(config.hosts()),
                        number("maxStreams", config.maxStreams(), 1, 500),
                        new Sources(
                                list("allowedSources", config.allowedSources(), AddressRange::parse),
                                list("metricsSources", config.metricsSources(), AddressRange::parse),
                                list("pushSources", config.pushSources(), AddressRange::parse))),
                new PortLimits(
                        number("connections", config.connections(), 10, 2000),
                        number("connectionsPerAddress", config.connectionsPerAddress(), 1, 2000),
                        number("connectionRate", config.connectionRate(), 1, 1000),
                        duration(
                                "requestDeadline",
                                config.requestDeadline(),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(5),
                                "1s to 5m"),
                        duration(
                                "idleTimeout",
                                config.idleTimeout(),
                                Duration.ofSeconds(20),
                                Duration.ofHours(1),
                                "20s to 1h")),
                list("addresses", config.addresses(), ListenAddress::parse));
    }

    private static <T> List<T> list(String key, String text, Function<String, T> reader) {
        List<T> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                try {
                    values.add(reader.apply(part.trim()));
                } catch (IllegalArgumentException e) {
                    throw refused(key, part.trim(), "a list separated by commas (" + e.getMessage() + ")");
                }
            }
        }
        return values;
    }

    private static Set<String> hosts(String text) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            String host = part.trim().toLowerCase(Locale.ROOT);
            if (host.isEmpty()) {
                continue;
            }
            if (!HOST.matcher(host).matches()) {
                throw refused("hosts", part.trim(), "host names without scheme and port, separated by commas");
            }
            hosts.add(host);
        }
        return hosts;
    }

    private static int number(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw refused(key, Integer.toString(value), "a number from " + least + " to " + most);
        }
        return value;
    }

    private static Duration duration(String key, String text, Duration least, Duration most, String range) {
        Duration value;
        try {
            value = HumanDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(key, text, HumanDuration.ALLOWED);
        }
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw refused(key, text, "a duration from " + range);
        }
        return value;
    }

    private static InvalidSettingException refused(String key, String value, String allowed) {
        return new InvalidSettingException(HttpConfig.PID, key, value, allowed);
    }
}
