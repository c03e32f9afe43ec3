package org.hearthwatch.access.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider publishes about itself (OpenID Connect Discovery 1.0) and its keys. Kept for an hour; the keys are read
 * again when one is missing, at most once a minute. Thread-safe.
 */
final class Directory {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration LEAST_BETWEEN = Duration.ofMinutes(1);

    private final URI issuer;
    private final Web web;
    private final InstantSource clock;
    private Optional<Known<Endpoints>> endpoints = Optional.empty();
    private Optional<Known<JWKSet>> keys = Optional.empty();

    Directory(URI issuer, Web web, InstantSource clock) {
        this.issuer = issuer;
        this.web = web;
        this.clock = clock;
    }

    /** Where the provider takes what. */
    record Endpoints(URI authorization, URI token, URI keys) {}

    synchronized Endpoints endpoints() throws IOException {
        Instant now = clock.instant();
        if (endpoints.isEmpty() || endpoints.get().isOlderThan(KEPT, now)) {
            endpoints = Optional.of(new Known<>(read(), now));
        }
        return endpoints.get().value();
    }

    /** The keys; read anew if they are older than {@code kept}, but never more than once a minute. */
    private JWKSet keys(Duration kept) throws IOException {
        Instant now = clock.instant();
        if (keys.isEmpty() || keys.get().isOlderThan(kept, now)) {
            try {
                keys = Optional.of(new Known<>(JWKSet.parse(web.get(endpoints().keys())), now));
            } catch (ParseException e) {
                throw new IOException("the keys of " + issuer + " are not understood", e);
            }
        }
        return keys.get().value();
    }

    /** The keys, with that of an id if the provider has it. */
    synchronized JWKSet keysWith(String id) throws IOException {
        JWKSet known = keys(KEPT);
        return known.getKeyByKeyId(id) == null ? keys(LEAST_BETWEEN) : known;
    }

    private Endpoints read() throws IOException {
        String base = issuer.toString();
        URI address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/.well-known/openid-configuration");
        try {
            Map<String, Object> document = JSONObjectUtils.parse(web.get(address));
            if (!base.equals(JSONObjectUtils.getString(document, "issuer"))) {
                throw new IOException("what " + address + " says is of another issuer");
            }
            return new Endpoints(
                    endpoint(document, "authorization_endpoint"),
                    endpoint(document, "token_endpoint"),
                    endpoint(document, "jwks_uri"));
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("what " + address + " says is not understood", e);
        }
    }

    private URI endpoint(Map<String, Object> document, String name) throws ParseException, IOException {
        URI address = URI.create(String.valueOf(JSONObjectUtils.getString(document, name)));
        if (!Addresses.isSafe(address)) {
            throw new IOException("the " + name + " of " + issuer + " is not https");
        }
        return address;
    }

    private record Known<T>(T value, Instant read) {
        boolean isOlderThan(Duration age, Instant now) {
            return now.isBefore(read) || !now.isBefore(read.plus(age));
        }
    }
}
