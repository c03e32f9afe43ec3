package org.hearthwatch.access.oidc.osgi;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A small OpenID provider on loopback, honest unless a test makes it lie. */
final class TestProvider implements AutoCloseable {

    static final String CLIENT = "hearthwatch";
    static final String SECRET = "client secret";

    private static final RSAKey ONE = newKey("one");
    private static final RSAKey TWO = newKey("two");
    private static final RSAKey MALLORYS = newKey("one");

    private final HttpServer server;
    private final InstantSource clock;
    private RSAKey key = ONE;
    private Map<String, String> asked = Map.of();

    /** What the identity token says. */
    UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;

    /** What becomes of the whole token. */
    UnaryOperator<String> token = honest -> honest;

    /** What the discovery document calls the issuer; empty for the truth. */
    String otherIssuer = "";

    int keysRead;

    TestProvider(InstantSource clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(exchange, 200, """
                {"issuer":"%s","authorization_endpoint":"%s/authorize","token_endpoint":"%s/token","jwks_uri":"%s/keys"}
                """.formatted(
                                otherIssuer.isEmpty() ? issuer() : otherIssuer, issuer(), issuer(), issuer())));
        server.createContext("/keys", exchange -> {
            keysRead++;
            answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
        });
        server.createContext("/token", this::token);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The person signs in there; what the browser brings back. */
    Map<String, String> signIn(URI destination) {
        asked = form(destination.getRawQuery());
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", "the-code");
        back.put("state", asked.get("state"));
        return back;
    }

    Map<String, String> asked() {
        return asked;
    }

    void rollKey() {
        key = key.equals(ONE) ? TWO : newKey("three");
    }

    /** The token with another key's signature, under this key's name. */
    String forged(String honest) {
        try {
            var forged = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    SignedJWT.parse(honest).getJWTClaimsSet());
            forged.sign(new RSASSASigner(MALLORYS));
            return forged.serialize();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The token without a signature. */
    String unsigned(String honest) {
        try {
            return new PlainJWT(SignedJWT.parse(honest).getJWTClaimsSet()).serialize();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The token signed with the public key as if it were a shared secret. */
    String confused(String honest) {
        try {
            var confused = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(key.getKeyID())
                            .build(),
                    SignedJWT.parse(honest).getJWTClaimsSet());
            confused.sign(new MACSigner(key.toPublicKey().getEncoded()));
            return confused.serialize();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic = Base64.getEncoder()
                .encodeToString((CLIENT + ":" + SECRET.replace(' ', '+')).getBytes(StandardCharsets.US_ASCII));
        boolean right = ("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && "the-code".equals(form.get("code"))
                && "authorization_code".equals(form.get("grant_type"))
                && asked.getOrDefault("redirect_uri", "").equals(form.get("redirect_uri"))
                && asked.getOrDefault("code_challenge", "").equals(challenge(form.getOrDefault("code_verifier", "")));
        if (!right) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        Date now = Date.from(clock.instant());
        var builder = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .subject("subject-1")
                .issueTime(now)
                .expirationTime(Date.from(clock.instant().plusSeconds(300)))
                .claim("nonce", asked.get("nonce"))
                .claim("preferred_username", "ann")
                .claim("groups", List.of("family", "hw-admins", "others"));
        try {
            var signed = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims.apply(builder).build());
            signed.sign(new RSASSASigner(key));
            answer(
                    exchange,
                    200,
                    "{\"id_token\":\"" + token.apply(signed.serialize()) + "\",\"token_type\":\"Bearer\"}");
        } catch (JOSEException e) {
            throw new IOException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, String> form(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> values.put(
                        URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return values;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
