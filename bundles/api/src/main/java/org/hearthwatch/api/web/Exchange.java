package org.hearthwatch.api.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.access.Principal;
import org.osgi.annotation.versioning.ProviderType;

/** A request and its answer. Used by one thread. Answers are compressed when the asker can read it. */
@ProviderType
public interface Exchange {

    Route.Method method();

    /** The decoded path. */
    String path();

    /** What stood in a placeholder of the route's path, decoded. */
    String pathParameter(String name);

    /** The first value of a query or form parameter. */
    Optional<String> parameter(String name);

    /** All values of a query or form parameter. */
    List<String> parameters(String name);

    Optional<String> header(String name);

    /** Who asks; empty on a route that let them in without credentials. */
    Optional<Principal> principal();

    /** The address the request came from. */
    String remoteAddress();

    /** Whether it came over loopback. */
    boolean isLocal();

    /**
     * The body, read at most to a limit.
     *
     * @throws IOException also when the body is longer; then a 413 has been decided
     */
    InputStream body(long maxBytes) throws IOException, HttpProblem;

    /**
     * The body as it was sent, whatever its {@code Content-Encoding} says: for handlers that undo the encoding themselves,
     * in bounds of their own. {@link #body} refuses encoded bodies.
     *
     * @throws IOException also when the body is longer; then a 413 has been decided
     */
    default InputStream encodedBody(long maxBytes) throws IOException, HttpProblem {
        return body(maxBytes);
    }

    /** Sets a response header; before {@link #respond}. Values with control characters are refused. */
    void header(String name, String value);

    /** Answers with a whole body. */
    void respond(int status, String contentType, byte[] body) throws IOException;

    /** Answers with a body written as it is made; close the stream. */
    OutputStream respond(int status, String contentType) throws IOException;

    /** Answers with a status and no body. */
    void respond(int status) throws IOException;

    /**
     * Answers with server-sent events. Returns at once; the stream lives on until either side closes it or its principal's
     * session ends. A heartbeat comment is sent every 15 s.
     *
     * @throws HttpProblem 503 when there are too many streams
     */
    EventStream events() throws IOException, HttpProblem;
}
