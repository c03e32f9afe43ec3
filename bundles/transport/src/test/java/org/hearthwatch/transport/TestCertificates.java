package org.hearthwatch.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates good and bad, for servers and clients of tests. */
public final class TestCertificates {

    private static int serial = 1;

    private TestCertificates() {}

    /** A key and what it was given. */
    public record Keyed(KeyPair keys, List<X509Certificate> chain) {

        public X509Certificate certificate() {
            return chain.get(0);
        }

        /**
         * A server's side of TLS, by Java.
         *
         * @param clients authorities of clients it trusts
         */
        public SSLContext server(Keyed... clients) {
            try {
                var store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("own", keys.getPrivate(), new char[0], chain.toArray(Certificate[]::new));
                var managers = KeyManagerFactory.getInstance("SunX509");
                managers.init(store, new char[0]);
                var context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), clients.length == 0 ? null : trusting(clients), null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static TrustManager[] trusting(Keyed... clients) throws GeneralSecurityException, IOException {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Keyed client : clients) {
                store.setCertificateEntry("client", client.certificate());
            }
            var managers = TrustManagerFactory.getInstance("PKIX");
            managers.init(store);
            return managers.getTrustManagers();
        }

        public void write(Path chainFile, Path keyFile) {
            try {
                var text = new StringBuilder();
                for (X509Certificate each : chain) {
                    text.append(pem("CERTIFICATE", each.getEncoded()));
                }
                Files.writeString(chainFile, text);
                Files.writeString(keyFile, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }

    /** An authority. */
    public static Keyed authority(String name) {
        return make(name, Optional.empty(), true, "EC", "SHA256withECDSA", Duration.ofDays(-1), Duration.ofDays(30));
    }

    /** A server's certificate, valid now; names that begin with a digit are addresses. */
    public static Keyed issued(Keyed authority, String... names) {
        return issued(authority, Duration.ofDays(30), names);
    }

    /** @param ends from now */
    public static Keyed issued(Keyed authority, Duration ends, String... names) {
        return make(
                "server", Optional.of(authority), false, "EC", "SHA256withECDSA", Duration.ofDays(-20), ends, names);
    }

    /** With keys and a signature of a kind. */
    public static Keyed signedWith(Keyed authority, String keyKind, String signature, String... names) {
        return make(
                "server",
                Optional.of(authority),
                false,
                keyKind,
                signature,
                Duration.ofDays(-1),
                Duration.ofDays(30),
                names);
    }

    public static Keyed selfSigned(String... names) {
        return make(
                "self",
                Optional.empty(),
                false,
                "EC",
                "SHA256withECDSA",
                Duration.ofDays(-1),
                Duration.ofDays(30),
                names);
    }

    public static Keyed rsaAuthority(String name) {
        return make(name, Optional.empty(), true, "RSA", "SHA256withRSA", Duration.ofDays(-1), Duration.ofDays(30));
    }

    private static synchronized Keyed make(
            String subject,
            Optional<Keyed> issuer,
            boolean authority,
            String keyKind,
            String signature,
            Duration begins,
            Duration ends,
            String... names) {
        try {
            var generator = KeyPairGenerator.getInstance(keyKind);
            generator.initialize(keyKind.equals("RSA") ? 2048 : 256);
            KeyPair keys = generator.generateKeyPair();
            var name = new X500Principal("CN=" + subject);
            Instant now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    issuer.map(i -> i.certificate().getSubjectX500Principal()).orElse(name),
                    BigInteger.valueOf(serial++),
                    Date.from(now.plus(begins)),
                    Date.from(now.plus(ends)),
                    name,
                    keys.getPublic());
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    authority ? new BasicConstraints(5) : new BasicConstraints(false));
            if (names.length > 0) {
                List<GeneralName> all = new ArrayList<>();
                for (String each : names) {
                    boolean address = Character.isDigit(each.charAt(0));
                    all.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, each));
                }
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(all.toArray(GeneralName[]::new)));
            }
            var signer = new JcaContentSignerBuilder(signature)
                    .build(issuer.map(Keyed::keys).orElse(keys).getPrivate());
            X509Certificate made = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            List<X509Certificate> chain = new ArrayList<>(List.of(made));
            issuer.ifPresent(i -> chain.addAll(i.chain()));
            return new Keyed(keys, List.copyOf(chain));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
