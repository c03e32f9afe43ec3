package org.hearthwatch.prometheus.exposition;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;

/** {@code /metrics}: open on the machine itself, elsewhere for those who may read. Thread-safe. */
public final class MetricsPage implements Routes {

    private static final int BUFFER = 32 * 1024;

    private final Exposition exposition;

    public MetricsPage(Exposition exposition) {
        this.exposition = exposition;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/metrics", Guard.openOnLoopback(Permission.read("metrics:read")), this::answer));
    }

    private void answer(Exchange exchange) throws IOException {
        Format format = Format.accepted(exchange.header("Accept").orElse(""));
        exchange.header("Vary", "Accept");
        try (Writer writer = new BufferedWriter(
                new OutputStreamWriter(exchange.respond(200, format.contentType()), StandardCharsets.UTF_8), BUFFER)) {
            exposition.write(format, writer);
        }
    }
}
