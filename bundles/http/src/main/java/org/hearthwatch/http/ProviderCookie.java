package org.hearthwatch.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hearthwatch.api.secret.Secret;

/**
 * The cookie of a browser that went to a provider to sign in. Unlike a session's it must come along when the provider sends
 * the browser back, and so is {@code Lax}; it is of no use but there, and for ten minutes.
 */
public final class ProviderCookie {

    private static final String PREFIX = "hearthwatch-provider-";
    private static final String ATTRIBUTES = "; Path=/api/hw/sign-in; HttpOnly; SameSite=Lax; Max-Age=600";
    private static final int LONGEST = 128;

    private ProviderCookie() {}

    /** @param cookies the {@code Cookie} header */
    public static Optional<Secret> read(Optional<String> cookies, int port) {
        return SessionCookie.value(cookies, PREFIX + port, LONGEST);
    }

    /** The {@code Set-Cookie} value. */
    public static String give(Secret binding, int port) {
        return PREFIX + port + "=" + new String(binding.reveal(), StandardCharsets.US_ASCII) + ATTRIBUTES;
    }
}
