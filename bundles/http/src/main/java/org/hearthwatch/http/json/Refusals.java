package org.hearthwatch.http.json;

import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.HttpProblem;

/** What a refusal is called in HTTP. */
final class Refusals {

    private Refusals() {}

    static HttpProblem problem(Exchange exchange, Refusal refusal) {
        refusal.retryAfter()
                .ifPresent(wait -> exchange.header("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
        int status = switch (refusal.kind()) {
            case WRONG_CREDENTIALS, CODE_NEEDED, PASSKEY_NEEDED -> 401;
            case TOO_MANY_ATTEMPTS -> 429;
            case INVALID -> 400;
            case EXISTS, NOT_NOW -> 409;
            case UNKNOWN -> 404;
        };
        return new HttpProblem(status, String.valueOf(refusal.getMessage()));
    }
}
