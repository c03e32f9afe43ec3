package org.hearthwatch.access.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.api.access.ExternalSignIn;
import org.hearthwatch.api.access.FederatedSignIn;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorization code flow with PKCE (RFC 7636) of OpenID Connect Core 1.0. Each sign-in has a state, a nonce and a
 * verifier of its own, kept here and bound to one browser by a cookie; they are good once and for ten minutes. What went
 * wrong is in the log; the person only learns that it did not work. Thread-safe.
 */
public final class OidcSignIn implements FederatedSignIn {

    private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);
    private static final int MOST_PENDING = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int RANDOM_BYTES = 32;

    private final OidcSettings settings;
    private final Web web;
    private final Secrets secrets;
    private final ExternalSignIn accounts;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Directory directory;
    private final IdTokens tokens;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    public OidcSignIn(
            OidcSettings settings,
            Web web,
            Secrets secrets,
            ExternalSignIn accounts,
            InstantSource clock,
            SecureRandom random) {
        this.settings = settings;
        this.web = web;
        this.secrets = secrets;
        this.accounts = accounts;
        this.clock = clock;
        this.random = random;
        this.directory = new Directory(settings.issuer(), web, clock);
        this.tokens = new IdTokens(settings, directory, clock);
    }

    @Override
    public String title() {
        return settings.title();
    }

    @Override
    public Departure begin() throws Refusal {
        URI authorization = endpoints().authorization();
        var one = new Pending(text(), text(), text(), clock.instant());
        String binding = text();
        remember(sha256(binding), one);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", settings.redirect().toString());
        query.put("scope", "openid " + String.join(" ", settings.scopes()));
        query.put("state", one.state());
        query.put("nonce", one.nonce());
        query.put("code_challenge", sha256(one.verifier()));
        query.put("code_challenge_method", "S256");
        String join = authorization.getRawQuery() == null ? "?" : "&";
        return new Departure(URI.create(authorization + join + form(query)), Secret.of(binding));
    }

    @Override
    public Sessions.Session complete(Secret binding, Map<String, String> parameters, String origin) throws Refusal {
        Pending one = take(sha256(new String(binding.reveal(), StandardCharsets.UTF_8)))
                .orElseThrow(() -> refused("nobody began this sign-in, or too long ago"));
        if (!IdTokens.same(one.state(), parameters.getOrDefault("state", ""))) {
            throw refused("the state is another");
        }
        String issuer = parameters.getOrDefault("iss", settings.issuer().toString());
        if (!issuer.equals(settings.issuer().toString())) {
            throw refused("the answer is of another issuer");
        }
        String code = parameters.getOrDefault("code", "");
        if (parameters.containsKey("error") || code.isEmpty()) {
            throw refused("the provider said no");
        }
        JWTClaimsSet claims = claims(code, one);
        return accounts.admit(
                new ExternalSignIn.Identity(
                        settings.title(),
                        settings.issuer() + " " + claims.getSubject(),
                        name(claims),
                        roles(claims.getClaim(settings.groupsClaim()))),
                origin);
    }

    private JWTClaimsSet claims(String code, Pending one) throws Refusal {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", settings.redirect().toString());
        form.put("client_id", settings.clientId());
        form.put("code_verifier", one.verifier());
        try {
            String answer = web.post(directory.endpoints().token(), form, authentication());
            String token = JSONObjectUtils.getString(JSONObjectUtils.parse(answer), "id_token");
            if (token == null) {
                throw refused("the provider gave no identity token");
            }
            return tokens.check(token, one.nonce());
        } catch (InvalidIdTokenException e) {
            throw refused("the identity token: " + e.getMessage());
        } catch (ParseException e) {
            throw refused("the provider's answer is not understood");
        } catch (IOException e) {
            throw unreachable(e);
        } catch (SecretUnavailableException e) {
            LOG.error("Nobody can sign in through {}: {}", settings.title(), e.getMessage());
            throw new Refusal(Refusal.Kind.NOT_NOW, "Signing in there does not work now; the log says why.");
        }
    }

    /** {@code client_secret_basic} (RFC 6749, section 2.3.1): both halves form-encoded. */
    private Map<String, String> authentication() throws SecretUnavailableException {
        if (settings.secret().isEmpty()) {
            return Map.of();
        }
        try (Secret secret = secrets.open(settings.secret().get())) {
            String pair =
                    encode(settings.clientId()) + ":" + encode(new String(secret.reveal(), StandardCharsets.UTF_8));
            return Map.of(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private String name(JWTClaimsSet claims) {
        return claims.getClaim(settings.nameClaim()) instanceof String name ? name : claims.getSubject();
    }

    private Set<Role> roles(@org.jspecify.annotations.Nullable Object groups) {
        Collection<?> names =
                groups instanceof Collection<?> many ? many : groups == null ? List.of() : List.of(groups);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Object name : names) {
            roles.addAll(settings.roles().getOrDefault(String.valueOf(name), Set.of()));
        }
        return roles;
    }

    private Directory.Endpoints endpoints() throws Refusal {
        try {
            return directory.endpoints();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private synchronized void remember(String key, Pending one) throws Refusal {
        Instant now = clock.instant();
        pending.values().removeIf(old -> old.isOver(now));
        if (pending.size() >= MOST_PENDING) {
            throw new Refusal(
                    Refusal.Kind.TOO_MANY_ATTEMPTS, "Many are signing in; try again shortly.", Duration.ofMinutes(1));
        }
        pending.put(key, one);
    }

    private synchronized Optional<Pending> take(String key) {
        Instant now = clock.instant();
        return Optional.ofNullable(pending.remove(key)).filter(one -> !one.isOver(now));
    }

    private Refusal refused(String why) {
        LOG.warn("A sign-in through {} was refused: {}", settings.title(), why);
        return new Refusal(
                Refusal.Kind.WRONG_CREDENTIALS, "Signing in through " + settings.title() + " did not work; try again.");
    }

    private Refusal unreachable(IOException why) {
        LOG.error("{} cannot be asked: {}", settings.title(), why.toString());
        return new Refusal(
                Refusal.Kind.NOT_NOW, settings.title() + " cannot be reached now; sign in with a password, or later.");
    }

    private String text() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String sha256(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** As in a query or a form. */
    public static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Pending(String state, String nonce, String verifier, Instant began) {
        boolean isOver(Instant now) {
            return now.isBefore(began) || now.isAfter(began.plus(PATIENCE));
        }
    }
}
