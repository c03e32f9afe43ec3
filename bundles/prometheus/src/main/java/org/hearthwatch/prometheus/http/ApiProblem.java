package org.hearthwatch.prometheus.http;

import org.hearthwatch.api.query.QueryException;

/** A request the API refuses, in the words and statuses of Prometheus. */
final class ApiProblem extends Exception {

    private static final long serialVersionUID = 1L;

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

    static ApiProblem of(QueryException e) {
        int status = switch (e.kind()) {
            case BAD_DATA -> 400;
            case EXECUTION -> 422;
            case TIMEOUT, CANCELED, UNAVAILABLE -> 503;
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
