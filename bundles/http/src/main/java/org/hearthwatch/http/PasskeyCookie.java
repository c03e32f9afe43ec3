package org.hearthwatch.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hearthwatch.api.secret.Secret;

/** The cookie of a browser that began to sign in with a passkey: an answer counts only together with it. */
public final class PasskeyCookie {

    private static final String PREFIX = "hearthwatch-passkey-";
    private static final String ATTRIBUTES = "; Path=/api/hw/sign-in; HttpOnly; SameSite=Strict; Max-Age=300";
    private static final int LONGEST = 128;

    private PasskeyCookie() {}

    /** @param cookies the {@code Cookie} header */
    public static Optional<Secret> read(Optional<String> cookies, int port) {
        return SessionCookie.value(cookies, PREFIX + port, LONGEST);
    }

    /** The {@code Set-Cookie} value. */
    public static String give(Secret binding, int port) {
        return PREFIX + port + "=" + new String(binding.reveal(), StandardCharsets.US_ASCII) + ATTRIBUTES;
    }
}
