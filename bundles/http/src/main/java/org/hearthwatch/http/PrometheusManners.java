package org.hearthwatch.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How Prometheus behaves under {@code /api/v1/} beside its answers: pages of any site may read them, {@code OPTIONS} is
 * answered everywhere and {@code HEAD} nowhere, and what is not there is told in plain text. That other sites may read
 * gives nothing away: there every route wants credentials, a session's cookie is not taken from another site, and a
 * browser sends no token of itself.
 */
final class PrometheusManners {

    private static final String ROOT = "/api/v1/";

    private PrometheusManners() {}

    /** Whether they count for a request. */
    static boolean count(HttpServletRequest request) {
        return request.getRequestURI().startsWith(ROOT);
    }

    /** Says who may read the answer. */
    static void greet(HttpServletRequest request, HttpServletResponse response) {
        if (!count(request)) {
            return;
        }
        response.addHeader("Vary", "Origin");
        String origin = request.getHeader("Origin");
        if (origin != null && origin.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            response.setHeader("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Origin");
            response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", "Date");
        }
    }

    /** The plain text that stands for a refusal; empty for those that have the API's envelope. */
    static Optional<byte[]> text(HttpServletRequest request, int status) {
        String text = status == 404 ? "404 page not found\n" : status == 405 ? "Method Not Allowed\n" : "";
        return count(request) && !text.isEmpty()
                ? Optional.of(text.getBytes(StandardCharsets.US_ASCII))
                : Optional.empty();
    }
}
