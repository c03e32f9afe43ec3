package org.hearthwatch.api.web;

/** A request that cannot be answered as asked: a status, and a message that says what to do next. Any other throw is a 500. */
public final class HttpProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status from 400 to 599 */
    public HttpProblem(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
