package org.hearthwatch.http;

import jakarta.servlet.Servlet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge put together: routes come and go, one servlet serves them. Makes no thread of its own; {@link #beat} wants to be
 * called every 15 s. Thread-safe.
 */
public final class Edge {

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

    private final RouteTable table = new RouteTable();
    private final HttpFigures figures = new HttpFigures();
    private volatile HttpSettings settings;
    private final EventStreams streams;
    private final Dispatcher dispatcher;

    /** @param audit where changes are recorded; empty while nobody can record, so that nothing is changed */
    public Edge(
            HttpSettings settings,
            Supplier<Optional<Sessions>> sessions,
            Supplier<Optional<Tokens>> tokens,
            Supplier<Optional<AuditLog>> audit) {
        this.settings = settings;
        this.streams = new EventStreams(() -> this.settings.maxStreams(), figures);
        this.dispatcher = new Dispatcher(
                table, new Gate(sessions, tokens), new Record(audit), streams, figures, () -> this.settings);
        figures.watch(() -> table.routes().size(), streams::size);
    }

    /** The servlet; it wants to be mapped to everything, with asynchronous support. */
    public Servlet servlet() {
        return dispatcher;
    }

    public HttpFigures figures() {
        return figures;
    }

    /** Takes other settings; connections and streams go on. */
    public void apply(HttpSettings other) {
        settings = other;
    }

    /** Serves a service's routes. */
    public void add(Routes routes) {
        for (Route refused : table.add(routes, routes.routes())) {
            LOG.error(
                    "{} {} of {} is not served: another bundle serves it already",
                    refused.method(),
                    refused.path(),
                    routes.getClass().getName());
        }
    }

    /** Serves them no longer. */
    public void remove(Routes routes) {
        table.remove(routes);
    }

    /** What is served now. */
    public List<Route> routes() {
        return table.routes();
    }

    /** Keeps event streams alive, and closes those whose session or token has ended. */
    public void beat() {
        streams.beat();
    }

    /** Ends all event streams. */
    public void close() {
        streams.closeAll();
    }
}
