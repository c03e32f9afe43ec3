package org.hearthwatch.api.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hearthwatch.api.secret.SecretRef;
import org.osgi.annotation.versioning.ProviderType;

/** The certificate our own listeners show, and the authority that issues it while nobody brings another. Thread-safe. */
@ProviderType
public interface Certificates {

    /** What is shown now; empty while no listener needs a certificate and none was made or brought. */
    Optional<CertificateStatus> status();

    /**
     * Our own authority's certificate in PEM, for browsers and scrapers to trust. Made if there is none yet.
     *
     * @throws IOException if it can be neither read nor made
     */
    String authorityPem() throws IOException;

    /**
     * Takes over a certificate in place of our own, at once and from now on. The files are copied and may go.
     *
     * @param chain PEM: the certificate, and those it was issued by
     * @param key PEM: its key
     * @param password where the key's password is
     * @throws IOException saying what is wrong with which file; nothing has changed then
     */
    CertificateStatus take(Path chain, Path key, Optional<SecretRef> password) throws IOException;

    /**
     * Issues our own certificate anew and shows it from now on, also in place of one that was taken over; not in place of
     * one that is configured.
     *
     * @param newKey with another key; pins of the former one fail then
     * @throws IOException if it cannot be written, or a certificate is configured
     */
    CertificateStatus renew(boolean newKey) throws IOException;
}
