package org.hearthwatch.notifier.webhook;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.api.net.AddressRange;

/**
 * An HTTP proxy and what is reached without it.
 *
 * @param address its {@code http} address, without user and password
 * @param except as {@code no_proxy} has it: {@code *}, names with all below them, {@code .names} with what is below them,
 *     addresses and ranges; names and addresses may end in a port
 */
public record ProxyRule(URI address, List<String> except) {

    /** @throws IllegalArgumentException if the address is none of a proxy that can be used */
    public ProxyRule {
        except = except.stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (!"http".equals(address.getScheme()) || address.getHost() == null || address.getUserInfo() != null) {
            throw new IllegalArgumentException("takes an address such as http://proxy.home:3128, without user name");
        }
    }

    /** The proxy's own address for a destination; empty if that is reached without it. */
    public Optional<InetSocketAddress> towards(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        return except.stream().anyMatch(entry -> covers(entry, name, port))
                ? Optional.empty()
                : Optional.of(InetSocketAddress.createUnresolved(address.getHost(), port()));
    }

    private int port() {
        return address.getPort() >= 0 ? address.getPort() : 80;
    }

    private static boolean covers(String entry, String host, int port) {
        if (entry.isEmpty() || entry.equals("*")) {
            return !entry.isEmpty();
        }
        Optional<InetAddress> destination = AddressRange.address(host);
        if (destination.isPresent()
                && range(entry)
                        .filter(range -> range.contains(destination.get()))
                        .isPresent()) {
            return true;
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && entry.substring(colon + 1).matches("\\d{1,5}")) {
            if (Integer.parseInt(entry.substring(colon + 1)) != port) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        return name.startsWith(".") ? host.endsWith(name) : host.equals(name) || host.endsWith("." + name);
    }

    private static Optional<AddressRange> range(String entry) {
        try {
            return Optional.of(AddressRange.parse(entry));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
