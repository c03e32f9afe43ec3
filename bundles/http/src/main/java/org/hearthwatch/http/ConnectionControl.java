package org.hearthwatch.http;

/** What the edge tells the connection a request came over. The connector puts it into the request's attributes. */
public interface ConnectionControl {

    /** The request attribute it is found under. */
    String ATTRIBUTE = "org.hearthwatch.http.connection";

    /** The request was read to its end, so that the deadline for reading it no longer counts. */
    void requestRead();

    /** Cuts the connection, so that a broken answer is not taken for a whole one. */
    void abort();
}
