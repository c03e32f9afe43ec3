package org.hearthwatch.transport.egress;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Authorities in PEM files, read again when a file has changed. Thread-safe. */
public final class AuthorityFiles {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityFiles.class);
    private static final long MOST_BYTES = 4L << 20;

    private final Map<Path, Read> read = new ConcurrentHashMap<>();

    private record Read(FileTime at, List<X509Certificate> certificates) {}

    /** The certificates of all files; a file that cannot be read has those of before, and the log says so. */
    public List<X509Certificate> certificates(List<Path> files) {
        read.keySet().retainAll(files);
        List<X509Certificate> all = new ArrayList<>();
        for (Path file : files) {
            all.addAll(read.compute(file, AuthorityFiles::current).certificates());
        }
        return List.copyOf(all);
    }

    private static Read current(Path file, @org.jspecify.annotations.Nullable Read former) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            return former != null && former.at().equals(changed) ? former : new Read(changed, read(file));
        } catch (IOException e) {
            LOG.error("The authorities in {} cannot be read: {}", file, e.toString());
            return former == null ? new Read(FileTime.fromMillis(0), List.of()) : former;
        }
    }

    /** @throws IOException if the file cannot be read or holds no certificate */
    public static List<X509Certificate> read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is larger than " + (MOST_BYTES >> 20) + " MB");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                if (certificate instanceof X509Certificate x509) {
                    certificates.add(x509);
                }
            }
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificates in PEM", e);
        }
        if (certificates.isEmpty()) {
            throw new IOException(file + " holds no certificate");
        }
        return certificates;
    }
}
