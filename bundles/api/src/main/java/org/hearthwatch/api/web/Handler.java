package org.hearthwatch.api.web;

import java.io.IOException;

/** Answers one request. Called on a request thread, many at once. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers.
     *
     * @throws HttpProblem to answer with a status and a message for people
     * @throws IOException if the connection broke
     */
    void handle(Exchange exchange) throws IOException, HttpProblem;
}
