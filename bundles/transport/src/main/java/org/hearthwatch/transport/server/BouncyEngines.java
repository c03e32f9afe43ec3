package org.hearthwatch.transport.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSNIMatcher;
import org.bouncycastle.jsse.BCSNIServerName;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.hearthwatch.transport.certificate.HostNames;
import org.hearthwatch.transport.certificate.Identity;

/**
 * Engines of a server with one certificate: TLS 1.3, two suites, and the hybrid key exchange first, which stays secret even
 * when one of its halves is broken. Nothing of Bouncy Castle's TLS is loaded before the first of these. Thread-safe.
 */
final class BouncyEngines {

    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] SUITES = {"TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"};
    private static final String[] GROUPS = {"X25519MLKEM768", "x25519", "secp256r1"};
    private static final String[] APPLICATION_PROTOCOLS = {"http/1.1"};
    private static final char[] NO_PASSWORD = {};
    private static final int HOST_NAME = 0;

    private final SSLContext context;
    private final Identity identity;
    private final boolean asksClients;

    /** @param clientAuthorities whose certificates clients may show; empty to ask for none */
    BouncyEngines(Identity identity, List<X509Certificate> clientAuthorities, SecureRandom random) throws IOException {
        this.identity = identity;
        this.asksClients = !clientAuthorities.isEmpty();
        // On newer Java versions the provider finds ML-KEM only in the one it is given.
        var provider = new BouncyCastleJsseProvider(new BouncyCastleProvider());
        try {
            var keys = KeyManagerFactory.getInstance("PKIX", provider);
            keys.init(keyStore(identity), NO_PASSWORD);
            TrustManager[] trust = {};
            if (asksClients) {
                var factory = TrustManagerFactory.getInstance("PKIX", provider);
                factory.init(trustStore(clientAuthorities));
                trust = factory.getTrustManagers();
            }
            context = SSLContext.getInstance("TLSv1.3", provider);
            context.init(keys.getKeyManagers(), trust, random);
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore keyStore(Identity identity) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", identity.key(), NO_PASSWORD, identity.chain().toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore trustStore(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        return store;
    }

    /** An engine for one connection. */
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        if (!(engine instanceof BCSSLEngine bouncy)) {
            throw new IllegalStateException("Bouncy Castle made an engine of another kind");
        }
        BCSSLParameters parameters = bouncy.getParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(SUITES);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNamedGroups(GROUPS);
        parameters.setUseNamedGroupsOrder(true);
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
        parameters.setSNIMatchers(List.of(new OwnNames()));
        if (asksClients) {
            parameters.setWantClientAuth(true);
        }
        bouncy.setParameters(parameters);
        return engine;
    }

    /** A client that asks for a name the certificate does not have is told so, before it sees the certificate. */
    private final class OwnNames extends BCSNIMatcher {

        private OwnNames() {
            super(HOST_NAME);
        }

        @Override
        public boolean matches(BCSNIServerName name) {
            String host = new String(name.getEncoded(), StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
            return HostNames.matches(identity.certificate(), host);
        }
    }
}
