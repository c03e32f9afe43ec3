package org.hearthwatch.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.hearthwatch.api.web.HttpProblem;

/** The body of a request, read whole: bounded by the route's limit in size and by the connection's deadline in time. */
final class RequestBody {

    /** What a route takes that says nothing else. */
    static final int USUAL_LIMIT = 1 << 20;

    /** Read before anything is decided: an answer may then come at any time and the connection go on. */
    private static final int SMALL = 64 * 1024;

    private final HttpServletRequest request;
    private final ConnectionControl connection;
    private Optional<byte[]> content = Optional.empty();

    RequestBody(HttpServletRequest request, ConnectionControl connection) {
        this.request = request;
        this.connection = connection;
    }

    /** Reads a body that is small and says so, or is none. */
    void readIfSmall() throws IOException {
        boolean announced = request.getHeader("Transfer-Encoding") == null;
        if (announced && request.getContentLengthLong() <= SMALL) {
            content = Optional.of(all(SMALL));
        }
    }

    /** Whether all of it was read, so that the next request can follow on the connection. */
    boolean isRead() {
        return content.isPresent();
    }

    /** @throws HttpProblem 413 if it is longer than the limit, 415 if it is compressed */
    byte[] read(long limit) throws IOException, HttpProblem {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new HttpProblem(415, "A compressed body is not taken here; send it as it is.");
        }
        return readEncoded(limit);
    }

    /** @throws HttpProblem 413 if it is longer than the limit */
    byte[] readEncoded(long limit) throws IOException, HttpProblem {
        if (content.isEmpty() && request.getContentLengthLong() <= limit) {
            content = Optional.of(all(limit));
        }
        return content.filter(bytes -> bytes.length <= limit)
                .orElseThrow(() -> new HttpProblem(413, "The body is longer than " + limit + " bytes."));
    }

    /** Everything, or one byte more than the limit. */
    private byte[] all(long limit) throws IOException {
        try (InputStream in = request.getInputStream()) {
            byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 16));
            if (bytes.length <= limit) {
                connection.requestRead();
            }
            return bytes;
        }
    }
}
