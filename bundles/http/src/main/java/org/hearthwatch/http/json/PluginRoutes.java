package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.Plugins;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** The plugins: what there are, letting one in, throwing one out. */
public final class PluginRoutes implements Routes {

    private final Needed<Plugins> plugins;

    public PluginRoutes(Needed<Plugins> plugins) {
        this.plugins = plugins;
    }

    @Override
    public List<Route> routes() {
        var manage = Guard.needs(Permission.admin("plugins:manage"));
        return List.of(
                Route.get("/api/hw/plugins", Guard.needs(Permission.read("plugins:read")), this::list),
                Route.post("/api/hw/plugins/{sha256}/approve", manage, this::approve),
                Route.delete("/api/hw/plugins/{sha256}", manage, this::remove));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, plugins.get().list().stream().map(PluginView::of).toList());
    }

    private void approve(Exchange exchange) throws IOException, HttpProblem {
        String approver = exchange.principal().map(Principal::name).orElseThrow();
        String digest = exchange.pathParameter("sha256");
        boolean downgrade =
                exchange.parameter("downgrade").filter("true"::equals).isPresent();
        try {
            Plugin plugin = downgrade
                    ? plugins.get().approveDowngrade(digest, approver)
                    : plugins.get().approve(digest, approver);
            Json.write(exchange, PluginView.of(plugin));
        } catch (Plugins.PluginRefusal e) {
            throw new HttpProblem(409, String.valueOf(e.getMessage()));
        }
    }

    private void remove(Exchange exchange) throws IOException, HttpProblem {
        try {
            plugins.get().remove(exchange.pathParameter("sha256"));
            exchange.respond(204);
        } catch (Plugins.PluginRefusal e) {
            throw new HttpProblem(409, String.valueOf(e.getMessage()));
        }
    }

    private record PluginView(
            String file,
            String sha256,
            String name,
            String symbolicName,
            String version,
            @Nullable String vendor,
            String state,
            @Nullable String reason,
            double since,
            List<String> asksFor,
            List<String> needs,
            @Nullable String signer) {

        static PluginView of(Plugin plugin) {
            return new PluginView(
                    plugin.file(),
                    plugin.sha256(),
                    plugin.name(),
                    plugin.symbolicName(),
                    plugin.version(),
                    plugin.vendor().orElse(null),
                    plugin.state().name(),
                    plugin.reason().orElse(null),
                    Json.seconds(plugin.since()),
                    plugin.asksFor(),
                    plugin.needs(),
                    plugin.signer().orElse(null));
        }
    }
}
