package org.hearthwatch.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Policy;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;

/**
 * Decides, on the route that matched, whether a request may pass. Nothing passes that a guard does not name.
 *
 * <p>A browser may be made to send requests by any page it visits. So whatever changes something must come from our own pages
 * when a browser sent it; and with a session, must say so ({@code Origin} or {@code Sec-Fetch-Site}) and repeat the session's
 * CSRF token, which no other site can read. A bearer token is never sent by a browser of itself and needs neither.
 */
final class Gate {

    private static final String BEARER = "Bearer ";
    private static final int LONGEST_TOKEN = 256;

    /** Precondition Required (RFC 6585): the same request passes once the person has shown again who they are. */
    private static final int PROOF_NEEDED = 428;

    private final Supplier<Optional<Sessions>> sessions;
    private final Supplier<Optional<Tokens>> tokens;

    Gate(Supplier<Optional<Sessions>> sessions, Supplier<Optional<Tokens>> tokens) {
        this.sessions = sessions;
        this.tokens = tokens;
    }

    /**
     * Lets a request pass or not.
     *
     * @return who asks, and how to find out whether that still holds
     * @throws HttpProblem 401 without credentials or with wrong ones, 403 with too little, 428 if who asks must prove anew who they are, 503 if nobody can tell
     */
    Admission admit(Route route, HttpServletRequest request, Origin origin) throws HttpProblem {
        if (route.method().isUnsafe() && Origin.isForeign(request).orElse(false)) {
            throw new HttpProblem(403, "Another site sent this request; it was not carried out.");
        }
        Guard guard = route.guard();
        if (guard instanceof Guard.Open) {
            return Admission.ANYONE;
        }
        if (guard instanceof Guard.Needs needs) {
            return known(request, needs.permission(), route.method().isUnsafe());
        }
        if (guard instanceof Guard.OpenOnLoopback open) {
            boolean presentsNothing = request.getHeader("Authorization") == null;
            return (origin.local() || origin.certified())
                            && presentsNothing
                            && !route.method().isUnsafe()
                    ? Admission.ANYONE
                    : known(request, open.permission(), route.method().isUnsafe());
        }
        throw new HttpProblem(403, "This address is closed.");
    }

    private Admission known(HttpServletRequest request, Permission permission, boolean unsafe) throws HttpProblem {
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            return permitted(byToken(authorization), permission);
        }
        Secret id = cookie(request);
        Sessions.Session session = bySession(id, request, unsafe);
        Sessions known = sessions.get().orElseThrow(Gate::nobodyToAsk);
        Admission admission = permitted(
                new Admission(
                        Optional.of(session.principal()),
                        () -> known.find(id, true).isPresent()),
                permission);
        if (unsafe && Policy.needsFreshProof(permission) && !session.fresh()) {
            throw new HttpProblem(
                    PROOF_NEEDED,
                    "This wants a fresh proof of who you are: give your password, or a code where you have a second"
                            + " factor, at POST /api/hw/session/confirm.");
        }
        return admission;
    }

    private static Admission permitted(Admission admission, Permission permission) throws HttpProblem {
        Optional<Principal> who = admission.principal();
        if (who.filter(one -> one.may(permission)).isEmpty()) {
            boolean token =
                    who.filter(one -> one.kind() == Principal.Kind.TOKEN).isPresent();
            throw new HttpProblem(
                    403,
                    "This needs the permission " + permission.name()
                            + (token ? " and the scope " + permission.scope().word() : "") + "; you have "
                            + who.map(Principal::role)
                                    .filter(role -> !role.isEmpty())
                                    .orElse("no role") + ".");
        }
        return admission;
    }

    private Admission byToken(String authorization) throws HttpProblem {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                || authorization.length() > BEARER.length() + LONGEST_TOKEN) {
            throw new HttpProblem(401, "Present a token: Authorization: Bearer hwt_...");
        }
        Tokens known = tokens.get().orElseThrow(Gate::nobodyToAsk);
        Secret token = Secret.of(authorization.substring(BEARER.length()).trim());
        Principal principal = known.authenticate(token)
                .orElseThrow(() -> new HttpProblem(401, "This token is unknown, expired or revoked."));
        return new Admission(
                Optional.of(principal), () -> known.authenticate(token).isPresent());
    }

    private static Secret cookie(HttpServletRequest request) throws HttpProblem {
        return SessionCookie.read(Optional.ofNullable(request.getHeader("Cookie")), request.getLocalPort())
                .orElseThrow(() -> new HttpProblem(401, "Sign in, or present a token: Authorization: Bearer hwt_..."));
    }

    private Sessions.Session bySession(Secret id, HttpServletRequest request, boolean unsafe) throws HttpProblem {
        Sessions known = sessions.get().orElseThrow(Gate::nobodyToAsk);
        if (Origin.isForeign(request).orElse(unsafe)) {
            throw new HttpProblem(403, "With a session, requests come from the console's own pages.");
        }
        Sessions.Session session =
                known.find(id, false).orElseThrow(() -> new HttpProblem(401, "The session has ended; sign in again."));
        if (unsafe && !same(session.csrf(), request.getHeader("X-CSRF-Token"))) {
            throw new HttpProblem(403, "The X-CSRF-Token header is missing or wrong; load the page again.");
        }
        return session;
    }

    private static boolean same(String expected, @org.jspecify.annotations.Nullable String presented) {
        return presented != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpProblem nobodyToAsk() {
        return new HttpProblem(503, "Nobody can be let in: the access service is not running. The log says why.");
    }
}
