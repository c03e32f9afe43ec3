package org.hearthwatch.transport.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.hearthwatch.api.net.AddressRange;

/**
 * A certificate authority of one appliance: it certifies the appliance's own servers and nothing else. Keys are EC on P-256
 * with SHA-256, which every browser takes. Immutable.
 */
final class Authority {

    static final Duration LIFE = Duration.ofDays(3650);
    /** Browsers take at most 398 days; renewal needs nobody, so it is far less. */
    static final Duration SERVER_LIFE = Duration.ofDays(90);
    /** Clocks of others may be late. */
    private static final Duration BEFORE = Duration.ofHours(1);

    private static final int SERIAL_BITS = 127;

    private final Identity identity;
    private final SecureRandom random;

    Authority(Identity identity, SecureRandom random) {
        this.identity = identity;
        this.random = random;
    }

    /**
     * Makes an authority with a new key.
     *
     * @param names what it is to speak for, beside names and addresses at home
     */
    static Authority found(String applianceName, Collection<String> names, Instant now, SecureRandom random)
            throws IOException {
        KeyPair keys = newKeys(random);
        var name = new X500Principal(
                "CN=Hearthwatch " + plain(applianceName) + ", OU=" + new BigInteger(32, random).toString(16));
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, serial(random), date(now.minus(BEFORE)), date(now.plus(LIFE)), name, keys.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(Extension.nameConstraints, true, NameLimits.of(names));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new Authority(new Identity(keys.getPrivate(), List.of(signed(builder, keys.getPrivate()))), random);
        } catch (GeneralSecurityException e) {
            throw new IOException("No certificate authority could be made: " + e.getMessage(), e);
        }
    }

    Identity identity() {
        return identity;
    }

    X509Certificate certificate() {
        return identity.certificate();
    }

    /** Whether it may speak for all of these names and addresses. */
    boolean speaksFor(Collection<String> names) {
        return NameLimits.allow(certificate(), List.of(alternatives(names).getNames()));
    }

    /**
     * Issues a certificate for a server.
     *
     * @param names names and addresses it is reached by
     * @param formerKey the key to go on with, so that pins stay right; empty for a new one
     */
    Identity issue(Collection<String> names, Optional<Identity> formerKey, Instant now) throws IOException {
        PublicKey publicKey;
        PrivateKey privateKey;
        if (formerKey.isPresent()) {
            publicKey = formerKey.get().certificate().getPublicKey();
            privateKey = formerKey.get().key();
        } else {
            KeyPair keys = newKeys(random);
            publicKey = keys.getPublic();
            privateKey = keys.getPrivate();
        }
        Instant end = now.plus(SERVER_LIFE);
        Instant last = certificate().getNotAfter().toInstant();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                certificate().getSubjectX500Principal(),
                serial(random),
                date(now.minus(BEFORE)),
                date(end.isBefore(last) ? end : last),
                // No common name: where there is no name of a host besides, it would be taken for one.
                new X500Principal("O=Hearthwatch"),
                publicKey);
        try {
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate()));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(publicKey));
            return new Identity(privateKey, List.of(signed(builder, identity.key()), certificate()));
        } catch (GeneralSecurityException e) {
            throw new IOException("No certificate could be issued: " + e.getMessage(), e);
        }
    }

    private static GeneralNames alternatives(Collection<String> names) {
        List<GeneralName> all = new ArrayList<>();
        for (String name : names) {
            Optional<InetAddress> address = AddressRange.address(name);
            all.add(
                    address.isPresent()
                            ? new GeneralName(
                                    GeneralName.iPAddress, address.get().getHostAddress())
                            : new GeneralName(GeneralName.dNSName, name));
        }
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("this Java does not sign with SHA256withECDSA", e);
        }
    }

    private static KeyPair newKeys(SecureRandom random) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("This Java makes no keys on P-256: " + e.getMessage(), e);
        }
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    }

    private static Date date(Instant instant) {
        return Date.from(instant);
    }

    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "-");
        return plain.length() <= 40 ? plain : plain.substring(0, 40);
    }
}
