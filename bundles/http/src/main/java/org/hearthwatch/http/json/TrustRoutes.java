package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.hearthwatch.api.plugin.TrustStore;
import org.hearthwatch.api.plugin.TrustedKey;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** Whose signatures let plugins in. */
public final class TrustRoutes implements Routes {

    private static final String TRUST = "/api/hw/trust";

    private final Needed<TrustStore> trust;

    public TrustRoutes(Needed<TrustStore> trust) {
        this.trust = trust;
    }

    @Override
    public List<Route> routes() {
        var manage = Guard.needs(Permission.admin("manage:plugins"));
        return List.of(
                Route.get(TRUST, Guard.needs(Permission.read("read:plugins")), this::list),
                Route.post(TRUST, manage, this::add),
                Route.post(TRUST + "/{fingerprint}/revoke", manage, this::revoke));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        TrustStore known = trust.get();
        Json.write(
                exchange, new TrustView(known.keys().stream().map(KeyView::of).toList(), known.problems()));
    }

    private void add(Exchange exchange) throws IOException, HttpProblem {
        String key = Json.required("key", Json.read(exchange, KeyBody.class).key());
        try {
            Json.write(exchange, KeyView.of(trust.get().add(key, who(exchange))));
        } catch (PluginRefusal e) {
            throw new HttpProblem(409, String.valueOf(e.getMessage()));
        }
    }

    private void revoke(Exchange exchange) throws IOException, HttpProblem {
        String reason = Json.read(exchange, ReasonBody.class).reason();
        try {
            Json.write(
                    exchange,
                    KeyView.of(trust.get()
                            .revoke(
                                    exchange.pathParameter("fingerprint"),
                                    reason == null ? "" : reason,
                                    who(exchange))));
        } catch (PluginRefusal e) {
            throw new HttpProblem(409, String.valueOf(e.getMessage()));
        }
    }

    private static String who(Exchange exchange) {
        return exchange.principal().map(Principal::name).orElse("-");
    }

    private record KeyBody(@Nullable String key) {}

    private record ReasonBody(@Nullable String reason) {}

    private record TrustView(List<KeyView> keys, List<String> problems) {}

    private record KeyView(
            String name,
            String fingerprint,
            List<String> roles,
            @Nullable Double expires,
            String state,
            String file) {
        static KeyView of(TrustedKey key) {
            return new KeyView(
                    key.name(),
                    key.fingerprint(),
                    key.roles(),
                    Json.secondsOrNull(key.expires()),
                    key.state().name(),
                    key.file());
        }
    }
}
