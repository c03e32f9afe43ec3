package org.hearthwatch.notifier.webhook.section;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.ProxyRule;
import org.hearthwatch.notifier.webhook.Route;

/** What an {@code http_config} or its {@code oauth2} says about the way: {@code tls_config} and proxies. */
final class Transport {

    private final Entry options;
    private final String where;

    /** @param where the entry's name in messages */
    private Transport(Entry options, String where) {
        this.options = options;
        this.where = where;
    }

    static Route of(Entry options, String where) throws InvalidReceiverException {
        var transport = new Transport(options, where);
        return new Route(transport.tls(), transport.proxy());
    }

    private EndpointTls tls() throws InvalidReceiverException {
        try {
            return EndpointTls.ofTlsConfig(options.any("tls_config"));
        } catch (IllegalArgumentException e) {
            throw new InvalidReceiverException(where + ".tls_config", where + ".tls_config." + e.getMessage());
        }
    }

    private Optional<ProxyRule> proxy() throws InvalidReceiverException {
        if (!options.any("proxy_connect_header").isEmpty()) {
            throw refused("proxy_connect_header", "headers for a proxy are not supported");
        }
        String except = options.text("no_proxy", "");
        Optional<String> address = options.text("proxy_url").filter(text -> !text.isBlank());
        boolean fromEnvironment = options.truth("proxy_from_environment", false);
        if (fromEnvironment && (address.isPresent() || !except.isBlank())) {
            throw refused("proxy_from_environment", "it goes with neither proxy_url nor no_proxy");
        }
        if (address.isEmpty() && !except.isBlank()) {
            throw refused("no_proxy", "it takes a proxy_url beside it");
        }
        if (fromEnvironment) {
            return fromEnvironment(System.getenv());
        }
        return address.isEmpty() ? Optional.empty() : Optional.of(rule("proxy_url", address.get(), except));
    }

    /** As other programs read them; this machine is reached without the proxy. */
    private Optional<ProxyRule> fromEnvironment(Map<String, String> environment) throws InvalidReceiverException {
        var values = new HashMap<String, String>();
        environment.forEach((name, value) -> values.putIfAbsent(name.toUpperCase(Locale.ROOT), value));
        String address = values.getOrDefault("HTTPS_PROXY", values.getOrDefault("HTTP_PROXY", ""));
        if (address.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(rule(
                "proxy_from_environment",
                address.contains("://") ? address : "http://" + address,
                values.getOrDefault("NO_PROXY", "") + ",localhost,127.0.0.0/8,::1"));
    }

    private ProxyRule rule(String key, String address, String except) throws InvalidReceiverException {
        try {
            return new ProxyRule(new URI(address.strip()), List.of(except.split(",", -1)));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw refused(key, "takes an address such as http://proxy.home:3128, without user name and password");
        }
    }

    private InvalidReceiverException refused(String key, String why) {
        return new InvalidReceiverException(where + "." + key, where + "." + key + ": " + why);
    }
}
