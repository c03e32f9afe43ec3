package org.hearthwatch.transport.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.hearthwatch.api.net.CertificateStatus;
import org.hearthwatch.api.net.Certificates;
import org.hearthwatch.api.net.ServerTls;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.transport.certificate.Fingerprint;
import org.hearthwatch.transport.certificate.Identity;
import org.hearthwatch.transport.certificate.ServerCertificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the certificate that is right at the moment. */
public final class TlsServer implements ServerTls, Certificates {

    private static final Logger LOG = LoggerFactory.getLogger(TlsServer.class);

    private final ServerCertificate certificate;
    private final Supplier<List<X509Certificate>> clientAuthorities;
    private final SecureRandom random;
    private Optional<Serving> serving = Optional.empty();
    private String lastProblem = "";

    /** What new connections get. */
    private record Serving(BouncyEngines engines, List<X509Certificate> clientAuthorities) {}

    /** @param clientAuthorities whose certificates clients may show; empty to ask for none */
    public TlsServer(
            ServerCertificate certificate, Supplier<List<X509Certificate>> clientAuthorities, SecureRandom random) {
        this.certificate = certificate;
        this.clientAuthorities = clientAuthorities;
        this.random = random;
    }

    @Override
    public synchronized Supplier<SSLEngine> engines(Collection<String> names) throws IOException {
        Optional<Identity> former = certificate.identity();
        Identity identity = certificate.forNames(names);
        if (serving.isEmpty() || !former.equals(Optional.of(identity))) {
            serve(identity);
        }
        return this::engine;
    }

    private synchronized SSLEngine engine() {
        return serving.orElseThrow().engines().engine();
    }

    private void serve(Identity identity) throws IOException {
        List<X509Certificate> authorities = clientAuthorities.get();
        serving = Optional.of(new Serving(new BouncyEngines(identity, authorities, random), authorities));
        status().ifPresent(now -> {
            LOG.info("HTTPS shows the certificate {} until {}", now.fingerprint(), now.notAfter());
            now.problem().ifPresent(problem -> LOG.error("{}. Another certificate is shown.", problem));
        });
    }

    /** Looks for changed files and for certificates that end; call it every few seconds. */
    public synchronized void refresh() {
        if (serving.isEmpty()) {
            return;
        }
        try {
            Optional<Identity> changed = certificate.refresh();
            if (changed.isPresent()) {
                serve(changed.get());
            } else if (!serving.get().clientAuthorities().equals(clientAuthorities.get())) {
                serve(certificate.identity().orElseThrow());
            }
            lastProblem = "";
        } catch (IOException e) {
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(lastProblem)) {
                LOG.error("{}. The certificate before is shown on.", problem);
                lastProblem = problem;
            }
        }
    }

    /** Our own authority's fingerprint. */
    public String authorityFingerprint() throws IOException {
        return Fingerprint.of(certificate.authorityCertificate());
    }

    @Override
    public Optional<CertificateStatus> status() {
        return certificate.status();
    }

    @Override
    public String authorityPem() throws IOException {
        return certificate.authorityPem();
    }

    @Override
    public synchronized CertificateStatus take(Path chain, Path key, Optional<SecretRef> password) throws IOException {
        CertificateStatus taken = certificate.take(chain, key, password);
        serveIfAsked();
        return taken;
    }

    @Override
    public synchronized CertificateStatus renew(boolean newKey) throws IOException {
        CertificateStatus renewed = certificate.renew(newKey);
        serveIfAsked();
        return renewed;
    }

    private void serveIfAsked() throws IOException {
        if (serving.isPresent()) {
            serve(certificate.identity().orElseThrow());
        }
    }
}
