package org.hearthwatch.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/** How a refusal is written: JSON for our own API and the browser, Prometheus's envelope under {@code /api/v1}. */
public final class ErrorBody {

    /** The media type of every error. */
    public static final String TYPE = "application/json";

    private ErrorBody() {}

    public static byte[] of(String path, int status, String message) {
        String quoted = "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(message)) + "\"";
        String body = path.startsWith("/api/v1/")
                ? "{\"status\":\"error\",\"errorType\":\"" + errorType(status) + "\",\"error\":" + quoted + "}"
                : "{\"error\":" + quoted + ",\"status\":" + status + "}";
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static String errorType(int status) {
        return switch (status) {
            case 401 -> "unauthorized";
            case 403, 421 -> "forbidden";
            case 404 -> "not_found";
            case 429, 503 -> "unavailable";
            case 500 -> "internal";
            default -> "bad_data";
        };
    }
}
