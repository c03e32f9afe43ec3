package org.hearthwatch.api.net;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate, for people to compare.
 *
 * @param names names and addresses it is for
 * @param fingerprint SHA-256 of the certificate, as browsers show it
 * @param pin SHA-256 of its key, as {@code sha256/BASE64}
 * @param authority fingerprint of our own authority; empty if the certificate is not ours
 * @param problem why a certificate that is configured or was taken over is not shown; empty if all is well
 */
public record CertificateStatus(
        Source source,
        List<String> names,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        String fingerprint,
        String pin,
        Optional<String> authority,
        Optional<String> problem) {

    /** Where it comes from. */
    public enum Source {
        /** Issued by our own authority; renewed without being asked. */
        OWN,
        /** Brought by a command. */
        TAKEN,
        /** Files named in the configuration; read again when they change. */
        CONFIGURED
    }

    public CertificateStatus {
        names = List.copyOf(names);
    }
}
