package org.hearthwatch.transport.certificate;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;

/** Whether a key and a chain that somebody brings can serve. */
final class CertificateCheck {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 256;
    private static final int MOST_CERTIFICATES = 10;

    private CertificateCheck() {}

    /**
     * Puts the chain in order and looks at everything that would make clients refuse it.
     *
     * @throws IOException saying what is wrong with which file
     */
    static Identity identity(Path file, PrivateKey key, List<X509Certificate> certificates, Instant now)
            throws IOException {
        X509Certificate own = certificates.stream()
                .filter(certificate -> belongs(key, certificate.getPublicKey()))
                .findFirst()
                .orElseThrow(() ->
                        new IOException(file + " has no certificate for this key; the two do not belong together"));
        for (X509Certificate certificate : certificates) {
            String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
            boolean anchor = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            if (!anchor && (algorithm.contains("MD5") || algorithm.contains("SHA1") || algorithm.contains("MD2"))) {
                throw new IOException(file + ": " + certificate.getSubjectX500Principal() + " is signed with "
                        + certificate.getSigAlgName() + ", which nobody trusts any more");
            }
        }
        strong(file, own.getPublicKey());
        try {
            own.checkValidity(Date.from(now));
        } catch (CertificateExpiredException e) {
            throw new IOException(
                    file + ": the certificate ended at " + own.getNotAfter().toInstant(), e);
        } catch (CertificateNotYetValidException e) {
            throw new IOException(
                    file + ": the certificate begins only at "
                            + own.getNotBefore().toInstant(),
                    e);
        }
        if (own.getBasicConstraints() >= 0) {
            throw new IOException(file + ": the key's certificate is one of an authority, not of a server");
        }
        return new Identity(key, ordered(own, certificates));
    }

    private static boolean belongs(PrivateKey key, PublicKey publicKey) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "EdDSA", "Ed25519" -> "Ed25519";
            default -> "";
        };
        if (algorithm.isEmpty()) {
            return false;
        }
        byte[] probe = new byte[32];
        new SecureRandom().nextBytes(probe);
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(probe);
            byte[] signature = signing.sign();
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(publicKey);
            verifying.update(probe);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void strong(Path file, PublicKey key) throws IOException {
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new IOException(file + ": an RSA key needs " + LEAST_RSA_BITS + " bits, this one has "
                    + rsa.getModulus().bitLength());
        }
        if (key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() < LEAST_EC_BITS) {
            throw new IOException(file + ": an EC key needs " + LEAST_EC_BITS + " bits");
        }
    }

    private static List<X509Certificate> ordered(X509Certificate own, List<X509Certificate> certificates) {
        List<X509Certificate> chain = new ArrayList<>(List.of(own));
        X509Certificate last = own;
        while (chain.size() < MOST_CERTIFICATES) {
            X509Certificate child = last;
            var issuer = certificates.stream()
                    .filter(other -> !chain.contains(other) && issued(other, child))
                    .findFirst();
            if (issuer.isEmpty()) {
                break;
            }
            last = issuer.get();
            chain.add(last);
        }
        return chain;
    }

    private static boolean issued(X509Certificate issuer, X509Certificate child) {
        if (!child.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            child.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
