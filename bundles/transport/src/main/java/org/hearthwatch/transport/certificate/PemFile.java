package org.hearthwatch.transport.certificate;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Certificates and keys in PEM files (RFC 7468), as every other program reads and writes them. */
final class PemFile {

    private static final long MOST_BYTES = 256 * 1024;

    private final Supplier<Provider> provider;

    /** @param provider opens encrypted keys; asked for at the first */
    PemFile(Supplier<Provider> provider) {
        this.provider = provider;
    }

    /** @throws IOException naming the file, if it cannot be read or holds no certificate */
    List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        var converter = new JcaX509CertificateConverter();
        try (var parser = new PEMParser(new StringReader(text(file)))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof X509CertificateHolder holder) {
                    certificates.add(converter.getCertificate(holder));
                }
            }
        } catch (CertificateException | PEMException | RuntimeException e) {
            // The parser throws what it likes on hostile bytes.
            throw new IOException(file + " holds a certificate that cannot be read", e);
        }
        if (certificates.isEmpty()) {
            throw new IOException(file + " holds no certificate (-----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /**
     * Reads a key in PKCS #8, encrypted or not, or in OpenSSL's older form.
     *
     * @throws IOException naming the file, if it holds no key, or one that needs a password, or another one
     */
    PrivateKey key(Path file, Optional<char[]> password) throws IOException {
        return key(file, text(file), password);
    }

    /** @param file what messages call it */
    PrivateKey key(Path file, String pem, Optional<char[]> password) throws IOException {
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof PrivateKeyInfo info) {
                    return key(file, info);
                } else if (part instanceof PEMKeyPair pair) {
                    return key(file, pair.getPrivateKeyInfo());
                } else if (part instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                    return key(file, decrypted(file, encrypted, password));
                } else if (part instanceof PEMEncryptedKeyPair) {
                    throw new IOException(file + " is encrypted in OpenSSL's old way, which is weak; convert it with"
                            + " openssl pkcs8 -topk8 -v2 aes256 -in OLD -out NEW");
                }
            }
        } catch (PEMException | RuntimeException e) {
            throw new IOException(file + " holds a key that cannot be read", e);
        }
        throw new IOException(file + " holds no private key (-----BEGIN PRIVATE KEY-----)");
    }

    private static PrivateKey key(Path file, PrivateKeyInfo info) throws IOException {
        var spec = new PKCS8EncodedKeySpec(info.getEncoded());
        var refused = new IOException(file + " holds no key for EC, RSA or Ed25519");
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                refused.addSuppressed(e);
            }
        }
        throw refused;
    }

    private PrivateKeyInfo decrypted(Path file, PKCS8EncryptedPrivateKeyInfo encrypted, Optional<char[]> password)
            throws IOException {
        if (password.isEmpty()) {
            throw new IOException(file + " is encrypted and no password is given for it");
        }
        try {
            return encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(provider.get())
                    .build(password.get()));
        } catch (OperatorCreationException | PKCSException e) {
            throw new IOException(file + " cannot be opened with the password given", e);
        }
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is larger than " + MOST_BYTES / 1024 + " kB");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    static String text(List<X509Certificate> certificates) {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            for (X509Certificate certificate : certificates) {
                writer.writeObject(new PemObject("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("A string takes what is written, a certificate has its bytes", e);
        }
        return text.toString();
    }

    static String text(PrivateKey key) {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            writer.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
        } catch (IOException e) {
            throw new IllegalStateException("A string takes what is written", e);
        }
        return text.toString();
    }

    /** Replaces a file as a whole, readable for its owner only; also after a crash it is the old or the new one. */
    static void write(Path file, String text) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException(file + " is in no folder");
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path next = folder.resolve(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        try (var channel = FileChannel.open(
                next,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
