package org.hearthwatch.api.query;

/** A question that was not answered; the message says what to mend and, for a syntax error, at which line and column. */
public final class QueryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of refusal, with the word of the Prometheus HTTP API's {@code errorType}. */
    public enum Kind {
        /** The expression or a parameter is wrong; asking again will not help. */
        BAD_DATA("bad_data"),
        /** It cannot be evaluated on the data there is, or passes a limit. */
        EXECUTION("execution"),
        TIMEOUT("timeout"),
        CANCELED("canceled"),
        /** The engine or its store is not there. */
        UNAVAILABLE("unavailable");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private final Kind kind;

    public QueryException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public QueryException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
