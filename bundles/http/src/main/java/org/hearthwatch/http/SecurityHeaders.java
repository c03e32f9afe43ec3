package org.hearthwatch.http;

import java.util.Map;
import java.util.TreeMap;

/** What every answer says to the browser, whoever made it. A handler may replace {@code Cache-Control} and nothing else. */
public final class SecurityHeaders {

    /** By name. */
    public static final Map<String, String> ALL = Map.copyOf(headers());

    private SecurityHeaders() {}

    private static Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                        + " font-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                        + " form-action 'self'");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(
                "Permissions-Policy",
                "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
        headers.put("Cache-Control", "no-store");
        return headers;
    }

    /** Whether a handler must leave a header alone. */
    static boolean isFixed(String name) {
        return !name.equalsIgnoreCase("Cache-Control")
                && ALL.keySet().stream().anyMatch(fixed -> fixed.equalsIgnoreCase(name));
    }
}
