package org.hearthwatch.transport.certificate;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Who we are: a key and the certificates that say so.
 *
 * @param chain the key's own certificate first, each issued by the next; never empty
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {

    public Identity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("A key without a certificate");
        }
    }

    /**
     * An identity of two files in PEM.
     *
     * @param key not encrypted
     * @throws IOException naming the file that cannot be used
     */
    public static Identity read(Path chain, Path key) throws IOException {
        var files = new PemFile(() -> {
            throw new IllegalStateException("Nothing is decrypted without a password");
        });
        return new Identity(files.key(key, Optional.empty()), files.certificates(chain));
    }

    /** The key's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    @Override
    public String toString() {
        return "Identity[" + certificate().getSubjectX500Principal() + "]";
    }
}
