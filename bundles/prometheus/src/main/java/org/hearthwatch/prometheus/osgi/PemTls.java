package org.hearthwatch.prometheus.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLSocketFactory;
import org.hearthwatch.api.net.Egress;

/** TLS by PEM files, through the gate for outgoing connections, which checks whom we talk to. */
final class PemTls {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {};

    private PemTls() {}

    /**
     * Sockets that trust the authorities of the endpoint, or the appliance's, and present the endpoint's certificate, or nothing.
     *
     * @throws IOException naming the file that cannot be used
     */
    static SSLSocketFactory sockets(EndpointSettings settings, Egress egress) throws IOException {
        try {
            String host = settings.url().getHost();
            List<X509Certificate> authorities = settings.ca().isEmpty() ? List.of() : certificates(settings.ca());
            List<KeyManager> own = settings.cert().isEmpty()
                    ? List.of()
                    : List.of(identity(settings.cert(), settings.key()).getKeyManagers());
            return egress.tls(host, settings.port(), authorities, own).getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("The TLS files cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManagerFactory identity(String cert, String key) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own", privateKey(key), NO_PASSWORD, certificates(cert).toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory;
    }

    private static List<X509Certificate> certificates(String file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return certificates;
        }
    }

    private static PrivateKey privateKey(String file) throws GeneralSecurityException, IOException {
        Matcher matcher = KEY.matcher(Files.readString(Path.of(file), StandardCharsets.US_ASCII));
        if (!matcher.find()) {
            throw new IOException(file + " holds no key that begins with -----BEGIN PRIVATE KEY-----; convert it with"
                    + " openssl pkcs8 -topk8 -nocrypt");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
        var refused = new InvalidKeySpecException(file + " holds no key for RSA, EC or Ed25519");
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                refused.addSuppressed(e);
            }
        }
        throw refused;
    }
}
