package org.hearthwatch.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hearthwatch.api.net.AddressRange;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;

/**
 * From where requests are taken; an empty list takes them from everywhere, and this machine itself is never kept out. It is
 * looked at for the route that matched, so that no spelling of a path counts as another.
 *
 * @param console for the console and the API
 * @param metrics for those who read metrics
 * @param push for those who bring samples
 */
public record Sources(List<AddressRange> console, List<AddressRange> metrics, List<AddressRange> push) {

    /** From everywhere. */
    public static final Sources ANY = new Sources(List.of(), List.of(), List.of());

    private static final Set<String> METRICS = Set.of("/metrics", "/federate");
    private static final List<String> PUSH =
            List.of("/api/v1/write", "/api/v1/otlp/", "/v1/metrics", "/api/v1/import/");

    /** The interface of a link-local address. */
    private static final Pattern ZONE = Pattern.compile("%[^\\]]*");

    public Sources {
        console = List.copyOf(console);
        metrics = List.copyOf(metrics);
        push = List.copyOf(push);
    }

    /** Whether any request from there could be taken; a connection is not worth opening otherwise. */
    public boolean admits(InetAddress from) {
        return allows(console, from) || allows(metrics, from) || allows(push, from);
    }

    void check(Route route, String remote) throws HttpProblem {
        Optional<InetAddress> from = AddressRange.address(ZONE.matcher(remote).replaceFirst(""));
        String path = route.path();
        List<AddressRange> allowed =
                METRICS.contains(path) ? metrics : PUSH.stream().anyMatch(path::startsWith) ? push : console;
        if (from.isEmpty() || !allows(allowed, from.get())) {
            throw new HttpProblem(403, "From this address the request is not taken; see etc/org.hearthwatch.http.cfg.");
        }
    }

    private static boolean allows(List<AddressRange> allowed, InetAddress from) {
        return allowed.isEmpty()
                || from.isLoopbackAddress()
                || allowed.stream().anyMatch(range -> range.contains(from));
    }
}
