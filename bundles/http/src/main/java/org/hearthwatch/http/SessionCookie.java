package org.hearthwatch.http;

import java.util.Optional;
import org.hearthwatch.api.secret.Secret;

/**
 * The cookie that carries a session's id. The port is part of its name: cookies do not tell ports apart, and several
 * appliances on one machine must not sign each other's users out.
 */
public final class SessionCookie {

    private static final String PREFIX = "hearthwatch-session-";
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";
    private static final int LONGEST = 128;

    private SessionCookie() {}

    /**
     * The session id in a request.
     *
     * @param cookies the {@code Cookie} header
     */
    public static Optional<Secret> read(Optional<String> cookies, int port) {
        return value(cookies, PREFIX + port, LONGEST);
    }

    static Optional<Secret> value(Optional<String> cookies, String name, int longest) {
        String start = name + "=";
        for (String cookie : cookies.orElse("").split(";", -1)) {
            String pair = cookie.trim();
            if (pair.startsWith(start) && pair.length() > start.length() && pair.length() <= start.length() + longest) {
                return Optional.of(Secret.of(pair.substring(start.length())));
            }
        }
        return Optional.empty();
    }

    /** The {@code Set-Cookie} value that gives a session to the browser. It ends with the browser, or on the server. */
    public static String give(Secret id, int port) {
        return PREFIX + port + "=" + new String(id.reveal(), java.nio.charset.StandardCharsets.US_ASCII) + ATTRIBUTES;
    }

    /** The {@code Set-Cookie} value that takes it away. */
    public static String take(int port) {
        return PREFIX + port + "=" + ATTRIBUTES + "; Max-Age=0";
    }
}
