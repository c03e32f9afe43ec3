package org.hearthwatch.query.remote;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** A server with Prometheus's HTTP API. Thread-safe. */
public interface Remote {

    /** A parameter of a request; names may repeat. */
    record Parameter(String name, String value) {}

    /**
     * An answer whose body is still to be read; closing it gives the connection back.
     *
     * @param status of HTTP
     */
    record Reply(int status, InputStream body) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** What people know it by: its address without anything secret. */
    String name();

    /**
     * Asks.
     *
     * @param path below {@code /api/v1/}, in a form fit for an address
     * @param post whether the parameters go into the body, where there is room for long ones
     * @param patience how long the answer may take until its last byte is read
     * @throws IOException if there is no answer; the message says why, for people
     */
    Reply ask(String path, List<Parameter> parameters, boolean post, Duration patience) throws IOException;
}
