package org.hearthwatch.http.json;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Token;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** Bearer tokens: a list, a new one, the end of one. */
public final class TokenRoutes implements Routes {

    /** How long a token that was replaced is still good, unless somebody says otherwise. */
    private static final Duration USUAL_OVERLAP = Duration.ofHours(24);

    private final Needed<Tokens> tokens;

    public TokenRoutes(Needed<Tokens> tokens) {
        this.tokens = tokens;
    }

    @Override
    public List<Route> routes() {
        var manage = Guard.needs(Permission.admin("manage:tokens"));
        return List.of(
                Route.get("/api/hw/tokens", manage, this::list),
                Route.post("/api/hw/tokens", manage, this::create),
                Route.post("/api/hw/tokens/{name}/rotate", manage, this::rotate),
                Route.delete("/api/hw/tokens/{name}", manage, this::revoke));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, tokens.get().list().stream().map(TokenView::of).toList());
    }

    private void create(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, TokenBody.class);
        String name = Json.required("name", body.name());
        Scope scope = scope(Json.required("scope", body.scope()));
        Principal maker = exchange.principal().orElseThrow(() -> new HttpProblem(403, "Nobody asks for this token."));
        try (Secret token = tokens.get()
                .create(maker, name, scope, Optional.ofNullable(body.source()), duration(body.lifetime()))) {
            Json.write(exchange, new NewToken(token));
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void rotate(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, RotateBody.class);
        Duration overlap = duration(body.overlap()).orElse(USUAL_OVERLAP);
        try (Secret token = tokens.get().rotate(exchange.pathParameter("name"), overlap)) {
            Json.write(exchange, new NewToken(token));
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void revoke(Exchange exchange) throws IOException, HttpProblem {
        try {
            tokens.get().revoke(exchange.pathParameter("name"));
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    static Scope scope(String word) throws HttpProblem {
        try {
            return Scope.of(word);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Duration> duration(@Nullable String text) throws HttpProblem {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(HumanDuration.parse(text));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, String.valueOf(e.getMessage()));
        }
    }

    private record TokenBody(
            @Nullable String name,
            @Nullable String scope,
            @Nullable String source,
            @Nullable String lifetime) {}

    private record RotateBody(@Nullable String overlap) {}

    private record NewToken(Secret token) {}

    private record TokenView(
            String name,
            String scope,
            @Nullable String source,
            @Nullable String owner,
            double created,
            @Nullable Double expires,
            @Nullable Double lastUsed,
            @Nullable Double formerUntil) {

        static TokenView of(Token token) {
            return new TokenView(
                    token.name(),
                    token.scope().word(),
                    token.source().orElse(null),
                    token.owner().orElse(null),
                    Json.seconds(token.created()),
                    Json.secondsOrNull(token.expires()),
                    Json.secondsOrNull(token.lastUsed()),
                    Json.secondsOrNull(token.formerUntil()));
        }
    }
}
