package org.hearthwatch.http.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.hearthwatch.http.ErrorBody;
import org.hearthwatch.http.SecurityHeaders;

/** Answers requests that Jetty itself refuses, such as malformed ones, like all others: with the security headers, no more. */
final class PlainErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        SecurityHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ErrorBody.TYPE);
        byte[] body = ErrorBody.of("/", response.getStatus(), message(response.getStatus()));
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private static String message(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 408 -> "The request took too long to arrive.";
            case 413 -> "The request is too large.";
            case 414, 431 -> "The address or the headers of the request are too long.";
            case 505 -> "Hearthwatch speaks HTTP/1.1.";
            default -> status < 500 ? "The request is malformed." : "This failed; the log has more.";
        };
    }
}
