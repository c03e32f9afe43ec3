package org.hearthwatch.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.hearthwatch.api.web.HttpProblem;

/** The body of a request, read whole: bounded by the route's limit in size and by the connection's deadline in time. */
final class RequestBody {

    /** What a route takes that says nothing else. */
    static final int USUAL_LIMIT = 1 << 20;

    private final HttpServletRequest request;
    private final ConnectionControl connection;

    RequestBody(HttpServletRequest request, ConnectionControl connection) {
        this.request = request;
        this.connection = connection;
    }

    /** @throws HttpProblem 413 if it is longer than the limit, 415 if it is compressed */
    byte[] read(long limit) throws IOException, HttpProblem {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new HttpProblem(415, "A compressed body is not taken here; send it as it is.");
        }
        int most = (int) Math.min(limit, Integer.MAX_VALUE - 16);
        if (request.getContentLengthLong() > most) {
            throw tooLong(limit);
        }
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(most);
            if (body.length == most && in.read() >= 0) {
                throw tooLong(limit);
            }
            connection.requestRead();
            return body;
        }
    }

    private static HttpProblem tooLong(long limit) {
        return new HttpProblem(413, "The body is longer than " + limit + " bytes.");
    }
}
