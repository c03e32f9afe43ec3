package org.hearthwatch.api.net;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The keys that servers must have when we connect to them, as {@code sha256/BASE64} of the public key (RFC 7469). They stand in
 * {@code etc/org.hearthwatch.transport.cfg}, and hold within a second of a change. Thread-safe.
 */
@ProviderType
public interface Pins {

    /** All, by host. */
    List<PinnedHost> list();

    /**
     * Pins a host's keys in place of those before.
     *
     * @param pins the key it has and, better, the one it will have next
     * @throws IllegalArgumentException if the host or a pin is none; the message says what is allowed
     * @throws IOException if the file cannot be written; nothing is changed then
     */
    void pin(String host, List<String> pins) throws IOException;

    /**
     * Lets a host have any key that a trusted authority vouches for.
     *
     * @return whether it was pinned
     */
    boolean unpin(String host) throws IOException;

    /** A host and the keys one of which it must have. */
    record PinnedHost(String host, List<String> pins) {
        public PinnedHost {
            pins = List.copyOf(pins);
        }
    }
}
