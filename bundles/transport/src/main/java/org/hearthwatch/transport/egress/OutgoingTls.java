package org.hearthwatch.transport.egress;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.transport.certificate.HostNames;
import org.hearthwatch.transport.certificate.Identity;

/**
 * TLS for connections to others: 1.3, and 1.2 only with hosts for which that was allowed. Java's own implementation; whom
 * Java trusts, and the authorities an administrator added, are read at the first use. Thread-safe.
 */
public final class OutgoingTls {

    private static final char[] NO_PASSWORD = {};

    private final Supplier<EgressRules> rules;
    private final EgressFigures figures;
    private final Supplier<List<X509Certificate>> added;
    private List<X509Certificate> readFor = List.of();
    private List<X509ExtendedTrustManager> trusted = List.of();

    /** @param added authorities to trust besides Java's; asked for at each new context */
    public OutgoingTls(Supplier<EgressRules> rules, Supplier<List<X509Certificate>> added, EgressFigures figures) {
        this.rules = rules;
        this.added = added;
        this.figures = figures;
    }

    /** Pins and allowances of the host count as they are when a connection is made, not as they are now. */
    SSLContext context(String host) {
        try {
            return context(host, everyone(), Optional.empty());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Java's TLS cannot be used: " + e.getMessage(), e);
        }
    }

    /** @throws IOException naming the endpoint's file that cannot be used */
    SSLContext context(String host, EndpointTls own) throws IOException {
        try {
            X509ExtendedTrustManager issuers = own.authorities().isPresent()
                    ? trusting(List.of(), AuthorityFiles.read(own.authorities().get()))
                    : everyone();
            Optional<Identity> identity = own.certificate().isPresent()
                    ? Optional.of(
                            Identity.read(own.certificate().get(), own.key().orElseThrow()))
                    : Optional.empty();
            return context(host, issuers, identity);
        } catch (GeneralSecurityException e) {
            throw new IOException("The endpoint's TLS files cannot be used: " + e.getMessage(), e);
        }
    }

    private SSLContext context(String host, X509ExtendedTrustManager issuers, Optional<Identity> identity)
            throws GeneralSecurityException, IOException {
        String name = HostNames.withoutDot(host).toLowerCase(Locale.ROOT);
        var trust = new CheckedTrust(host, () -> rules.get().pins().getOrDefault(name, List.of()), issuers, figures);
        var context = SSLContext.getInstance("TLS");
        context.init(identity.isPresent() ? presenting(identity.get()) : null, new TrustManager[] {trust}, null);
        return ModernContext.of(context, () -> rules.get().tls12().contains(name));
    }

    private static KeyManager[] presenting(Identity identity) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", identity.key(), NO_PASSWORD, identity.chain().toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private synchronized X509ExtendedTrustManager everyone() throws GeneralSecurityException, IOException {
        List<X509Certificate> now = added.get();
        if (trusted.isEmpty() || !readFor.equals(now)) {
            trusted = List.of(trusting(List.of(managerOf(null).getAcceptedIssuers()), now));
            readFor = now;
        }
        return trusted.get(0);
    }

    private static X509ExtendedTrustManager trusting(
            Collection<X509Certificate> these, Collection<X509Certificate> andThese)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (X509Certificate certificate : these) {
            store.setCertificateEntry("java-" + number++, certificate);
        }
        for (X509Certificate certificate : andThese) {
            store.setCertificateEntry("added-" + number++, certificate);
        }
        return managerOf(store);
    }

    private static X509ExtendedTrustManager managerOf(@org.jspecify.annotations.Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("no trust manager for certificates");
    }
}
