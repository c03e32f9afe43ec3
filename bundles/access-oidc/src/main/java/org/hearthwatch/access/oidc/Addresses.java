package org.hearthwatch.access.oidc;

import java.net.URI;
import java.util.Set;

/** Which addresses a password may come near: https, or plain on this very machine. */
public final class Addresses {

    private static final Set<String> LOCAL = Set.of("127.0.0.1", "[::1]", "localhost");

    private Addresses() {}

    public static boolean isSafe(URI address) {
        return address.getHost() != null
                && address.getUserInfo() == null
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme()) && LOCAL.contains(address.getHost())));
    }
}
