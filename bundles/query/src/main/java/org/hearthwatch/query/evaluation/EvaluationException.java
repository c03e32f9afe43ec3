package org.hearthwatch.query.evaluation;

import org.hearthwatch.api.query.QueryException;

/** Ends an evaluation from however deep; the engine turns it into a {@link QueryException}. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final QueryException.Kind kind;
    private final String reason;

    EvaluationException(QueryException.Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.reason = message;
    }

    /** A refusal because of the data. */
    EvaluationException(String message) {
        this(QueryException.Kind.EXECUTION, message);
    }

    /** Why, for people. */
    public String reason() {
        return reason;
    }

    public QueryException.Kind kind() {
        return kind;
    }
}
