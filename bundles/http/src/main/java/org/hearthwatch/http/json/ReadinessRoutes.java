package org.hearthwatch.http.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;

/**
 * Whether the appliance is alive, and whether all it needs for its job is there; said as Prometheus says it, because probes
 * made for that look at the words.
 */
public final class ReadinessRoutes implements Routes {

    private final List<Part> parts;

    public ReadinessRoutes(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public List<Route> routes() {
        var guard = Guard.openOnLoopback(Permission.read("readiness:read"));
        return List.of(
                Route.get("/-/ready", guard, this::ready),
                Route.get("/-/healthy", guard, exchange -> text(exchange, 200, "Prometheus Server is Healthy.")));
    }

    private void ready(Exchange exchange) throws IOException {
        List<String> missing = parts.stream()
                .filter(part -> !part.present().getAsBoolean())
                .map(Part::name)
                .toList();
        if (missing.isEmpty()) {
            text(exchange, 200, "Prometheus Server is Ready.");
        } else {
            text(exchange, 503, "Not ready: " + String.join(", ", missing) + " not running.");
        }
    }

    private static void text(Exchange exchange, int status, String line) throws IOException {
        exchange.respond(status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Something the job needs. */
    public record Part(String name, BooleanSupplier present) {}
}
