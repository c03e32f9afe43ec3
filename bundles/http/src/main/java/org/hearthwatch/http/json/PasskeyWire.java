package org.hearthwatch.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.hearthwatch.api.access.Passkeys.Ceremony;
import org.hearthwatch.api.access.Passkeys.Passkey;
import org.hearthwatch.api.access.Passkeys.Site;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.HttpProblem;
import org.jspecify.annotations.Nullable;

/** Ceremonies of passkeys in the JSON that browsers take and give (Web Authentication level 3, section 5.1). */
final class PasskeyWire {

    private static final String PRODUCT = "Hearthwatch";
    private static final String TYPE = "public-key";
    private static final int TIMEOUT_MILLIS = 300_000;

    /** ES256, EdDSA and RS256. */
    private static final List<Parameter> PARAMETERS =
            List.of(new Parameter(TYPE, -7), new Parameter(TYPE, -8), new Parameter(TYPE, -257));

    private PasskeyWire() {}

    /**
     * Where the browser is. The gate has refused host names that are not ours and origins that are not the host; without an
     * origin it is no browser.
     */
    static Site site(Exchange exchange) throws HttpProblem {
        String origin = exchange.header("Origin").orElse("");
        try {
            String host = new URI(origin).getHost();
            if (host != null) {
                return new Site(origin, host.toLowerCase(Locale.ROOT));
            }
        } catch (URISyntaxException e) {
            throw new HttpProblem(400, "The header Origin is none.");
        }
        throw new HttpProblem(400, "Passkeys are for browsers, which send the header Origin.");
    }

    /** A browser's answer, as text again. */
    static String answer(@Nullable JsonNode credential) throws IOException, HttpProblem {
        if (credential == null || !credential.isObject()) {
            throw new HttpProblem(400, "The field credential is missing.");
        }
        return Json.text(credential);
    }

    static CreationOptions creation(String user, Ceremony ceremony) {
        return new CreationOptions(
                new Party(ceremony.host(), PRODUCT),
                new Owner(ceremony.owner(), user, user),
                ceremony.challenge(),
                PARAMETERS,
                TIMEOUT_MILLIS,
                descriptors(ceremony),
                new Selection("preferred", "preferred"),
                "none");
    }

    static RequestOptions request(Ceremony ceremony) {
        return new RequestOptions(
                ceremony.challenge(),
                TIMEOUT_MILLIS,
                ceremony.host(),
                descriptors(ceremony),
                ceremony.verify() ? "required" : "preferred");
    }

    private static List<Descriptor> descriptors(Ceremony ceremony) {
        return ceremony.credentials().stream()
                .map(id -> new Descriptor(TYPE, id))
                .toList();
    }

    record CreationOptions(
            Party rp,
            Owner user,
            String challenge,
            List<Parameter> pubKeyCredParams,
            int timeout,
            List<Descriptor> excludeCredentials,
            Selection authenticatorSelection,
            String attestation) {}

    record RequestOptions(
            String challenge, int timeout, String rpId, List<Descriptor> allowCredentials, String userVerification) {}

    record Party(String id, String name) {}

    record Owner(String id, String name, String displayName) {}

    record Parameter(String type, int alg) {}

    record Descriptor(String type, String id) {}

    record Selection(String residentKey, String userVerification) {}

    /** A passkey as its owner sees it. */
    record PasskeyView(
            String name,
            String host,
            boolean synced,
            double added,
            @Nullable Double lastUsed) {
        static PasskeyView of(Passkey passkey) {
            return new PasskeyView(
                    passkey.name(),
                    passkey.host(),
                    passkey.synced(),
                    Json.seconds(passkey.added()),
                    Json.secondsOrNull(passkey.lastUsed()));
        }
    }
}
