package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.net.Pins;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** The keys that servers must have when we connect to them. */
public final class PinRoutes implements Routes {

    private static final String HOST = "host";

    private final Needed<Pins> pins;

    public PinRoutes(Needed<Pins> pins) {
        this.pins = pins;
    }

    @Override
    public List<Route> routes() {
        var manage = Guard.needs(Permission.admin("manage:pins"));
        return List.of(
                Route.get("/api/hw/pins", Guard.needs(Permission.read("read:pins")), this::list),
                Route.put("/api/hw/pins/{host}", manage, this::pin),
                Route.delete("/api/hw/pins/{host}", manage, this::unpin));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, pins.get().list());
    }

    private void pin(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, PinBody.class);
        if (body.pins() == null) {
            throw new HttpProblem(400, "The field pins is missing; it takes a list of sha256/BASE64.");
        }
        try {
            pins.get().pin(exchange.pathParameter(HOST), body.pins());
            exchange.respond(204);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, String.valueOf(e.getMessage()));
        }
    }

    private void unpin(Exchange exchange) throws IOException, HttpProblem {
        try {
            if (!pins.get().unpin(exchange.pathParameter(HOST))) {
                throw new HttpProblem(404, "That host is not pinned.");
            }
            exchange.respond(204);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, String.valueOf(e.getMessage()));
        }
    }

    private record PinBody(@Nullable List<String> pins) {}
}
