package org.hearthwatch.prometheus.http;

import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.store.StoreUnavailableException;

/** A request the API refuses, in the words and statuses of Prometheus. */
final class ApiProblem extends Exception {

    private static final long serialVersionUID = 1L;

    /** The asker is gone: a status that Prometheus took over from nginx. */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private final int status;
    private final String type;

    private ApiProblem(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    static ApiProblem badData(String message) {
        return new ApiProblem(400, "bad_data", message);
    }

    static ApiProblem invalid(String parameter, String message) {
        return badData("invalid parameter \"" + parameter + "\": " + message);
    }

    static ApiProblem internal(String message) {
        return new ApiProblem(500, "internal", message);
    }

    /** What Prometheus answers with while something is switched off. */
    static ApiProblem disabled(String message) {
        return new ApiProblem(500, "unavailable", message);
    }

    /** A part of the appliance that the answer needs is not there. */
    static ApiProblem unavailable(String message) {
        return new ApiProblem(503, "unavailable", message);
    }

    static ApiProblem of(StoreUnavailableException e) {
        return unavailable(String.valueOf(e.getMessage()));
    }

    static ApiProblem of(QueryException e) {
        int status = switch (e.kind()) {
            case BAD_DATA -> 400;
            case EXECUTION -> 422;
            case CANCELED -> CLIENT_CLOSED_REQUEST;
            case TIMEOUT, UNAVAILABLE -> 503;
        };
        return new ApiProblem(status, e.kind().word(), String.valueOf(e.getMessage()));
    }

    int status() {
        return status;
    }

    /** The {@code errorType} of the envelope. */
    String type() {
        return type;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
