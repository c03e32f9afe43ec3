package org.hearthwatch.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Checks identity tokens as OpenID Connect Core 1.0, section 3.1.3.7 demands: signed by a key of the provider with an
 * asymmetric algorithm, made by it, for us, now, and for this very sign-in.
 */
final class IdTokens {

    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final Directory directory;
    private final InstantSource clock;

    IdTokens(OidcSettings settings, Directory directory, InstantSource clock) {
        this.settings = settings;
        this.directory = directory;
        this.clock = clock;
    }

    /** @throws InvalidIdTokenException saying what is wrong with it */
    JWTClaimsSet check(String token, String nonce) throws IOException, InvalidIdTokenException {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            verify(signed);
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            require(settings.issuer().toString().equals(claims.getIssuer()), "its issuer is another");
            List<String> audience = claims.getAudience();
            require(audience.contains(settings.clientId()), "it is for somebody else");
            Object party = claims.getClaim("azp");
            require(
                    party == null ? audience.size() == 1 : settings.clientId().equals(party),
                    "it was given to somebody else");
            Instant now = clock.instant();
            require(isAfter(claims.getExpirationTime(), now.minus(SKEW)), "it has expired");
            Date issued = claims.getIssueTime();
            require(issued != null && !issued.toInstant().isAfter(now.plus(SKEW)), "it is from the future");
            String its = claims.getStringClaim("nonce");
            require(its != null && same(its, nonce), "it belongs to another sign-in");
            require(claims.getSubject() != null && !claims.getSubject().isEmpty(), "it names nobody");
            return claims;
        } catch (ParseException | JOSEException e) {
            throw new InvalidIdTokenException("it is not understood");
        }
    }

    private void verify(SignedJWT signed) throws IOException, JOSEException, InvalidIdTokenException {
        JWSAlgorithm algorithm = signed.getHeader().getAlgorithm();
        require(ALGORITHMS.contains(algorithm), "it is not signed with an algorithm taken here");
        String id = String.valueOf(signed.getHeader().getKeyID());
        for (JWK key : directory.keysWith(id).getKeys()) {
            boolean fits = KeyType.forAlgorithm(algorithm).equals(key.getKeyType())
                    && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                    && (signed.getHeader().getKeyID() == null || id.equals(key.getKeyID()));
            if (fits && key instanceof AsymmetricJWK pair) {
                JWSVerifier verifier =
                        new DefaultJWSVerifierFactory().createJWSVerifier(signed.getHeader(), pair.toPublicKey());
                if (signed.verify(verifier)) {
                    return;
                }
            }
        }
        throw new InvalidIdTokenException("no key of the provider signed it");
    }

    private static boolean isAfter(@org.jspecify.annotations.Nullable Date date, Instant moment) {
        return date != null && date.toInstant().isAfter(moment);
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static void require(boolean holds, String otherwise) throws InvalidIdTokenException {
        if (!holds) {
            throw new InvalidIdTokenException(otherwise);
        }
    }
}
