package org.hearthwatch.transport.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hearthwatch.api.net.CertificateStatus;
import org.hearthwatch.api.net.CertificateStatus.Source;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.transport.egress.HostNames;
import org.hearthwatch.transport.egress.Pin;

/**
 * Decides which certificate is shown: one that is configured, else one that was taken over, else our own, which is made when
 * it is first needed and renewed in time. One that cannot be used gives way to the next, and the status says why. Thread-safe.
 */
public final class ServerCertificate {

    /** A third of a certificate's life. */
    static final Duration RENEW_BEFORE = Authority.SERVER_LIFE.dividedBy(3);

    private final Path folder;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Supplier<Optional<Secrets>> secrets;
    private final String applianceName;
    private final PemFile pem;

    private Optional<KeyFiles> configured = Optional.empty();
    private final Set<String> names = new LinkedHashSet<>();
    private Map<Path, String> seen = Map.of();
    private Optional<Shown> shown = Optional.empty();

    /** What is shown, and why not another. */
    private record Shown(Identity identity, Source source, Optional<String> problem) {}

    /**
     * @param folder where our own keys are kept, for their owner only
     * @param applianceName what our own authority is called
     * @param ownNames names and addresses every certificate of our own is for
     */
    public ServerCertificate(
            Path folder,
            String applianceName,
            Collection<String> ownNames,
            InstantSource clock,
            SecureRandom random,
            Supplier<Provider> provider,
            Supplier<Optional<Secrets>> secrets) {
        this.folder = folder;
        this.applianceName = applianceName;
        this.names.addAll(ownNames);
        this.clock = clock;
        this.random = random;
        this.secrets = secrets;
        this.pem = new PemFile(provider);
    }

    /** Names files to use from now on in place of what we have; takes effect at the next {@link #refresh}. */
    public synchronized void configure(Optional<KeyFiles> files) {
        if (!files.equals(configured)) {
            configured = files;
            seen = Map.of();
        }
    }

    /**
     * The certificate for a listener of these names.
     *
     * @throws IOException if there is none and none can be made
     */
    public synchronized Identity forNames(Collection<String> wanted) throws IOException {
        if (names.addAll(wanted) || shown.isEmpty()) {
            choose();
        }
        return shown.orElseThrow().identity();
    }

    /**
     * Looks whether files have changed or our own certificate is to be renewed.
     *
     * @return another certificate than before, if there is one
     * @throws IOException if there is none and none can be made; the one before stays
     */
    public synchronized Optional<Identity> refresh() throws IOException {
        if (shown.isEmpty() || (seen.equals(stamps()) && !endsSoon(shown.get()))) {
            return Optional.empty();
        }
        Identity former = shown.get().identity();
        choose();
        return shown.map(Shown::identity).filter(now -> !now.certificate().equals(former.certificate()));
    }

    private boolean endsSoon(Shown what) {
        return what.source() == Source.OWN && endsSoon(what.identity());
    }

    private boolean endsSoon(Identity identity) {
        return clock.instant()
                .isAfter(identity.certificate().getNotAfter().toInstant().minus(RENEW_BEFORE));
    }

    private void choose() throws IOException {
        Map<Path, String> now = stamps();
        Optional<String> problem = Optional.empty();
        for (Source source : List.of(Source.CONFIGURED, Source.TAKEN)) {
            Optional<KeyFiles> files = source == Source.CONFIGURED ? configured : taken();
            if (files.isEmpty()) {
                continue;
            }
            Identity brought;
            try {
                brought = read(files.get());
            } catch (IOException e) {
                problem = Optional.of(String.valueOf(e.getMessage()));
                continue;
            }
            show(new Shown(brought, source, problem), now);
            return;
        }
        show(new Shown(own(Optional.empty()), Source.OWN, problem), now);
    }

    /** The fingerprint of our authority is laid down for the script that starts the appliance, while it is of use. */
    private void show(Shown what, Map<Path, String> stamps) throws IOException {
        Path fingerprint = folder.resolve("ca.sha256");
        if (what.source() == Source.OWN) {
            List<X509Certificate> chain = what.identity().chain();
            PemFile.write(fingerprint, Fingerprint.of(chain.get(chain.size() - 1)) + "\n");
        } else {
            Files.deleteIfExists(fingerprint);
        }
        shown = Optional.of(what);
        seen = stamps;
    }

    private Identity read(KeyFiles files) throws IOException {
        Optional<char[]> password = files.password().isPresent()
                ? Optional.of(password(files.password().get()))
                : Optional.empty();
        try {
            return CertificateCheck.identity(
                    files.chain(), pem.key(files.key(), password), pem.certificates(files.chain()), clock.instant());
        } finally {
            password.ifPresent(characters -> Arrays.fill(characters, '\0'));
        }
    }

    private char[] password(SecretRef reference) throws IOException {
        try (Secret secret = secrets.get()
                .orElseThrow(() -> new IOException("There is no vault to ask for " + reference))
                .open(reference)) {
            byte[] bytes = secret.reveal();
            var characters = new char[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                characters[i] = (char) (bytes[i] & 0xff);
            }
            Arrays.fill(bytes, (byte) 0);
            return characters;
        } catch (SecretUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Our own certificate, issued where there is none that still holds for some time and for all names. */
    private Identity own(Optional<Boolean> anewWithNewKey) throws IOException {
        Authority authority = authority();
        Optional<Identity> former = stored("server");
        boolean holds = former.isPresent()
                && former.get().chain().contains(authority.certificate())
                && !endsSoon(former.get())
                && names.stream()
                        .allMatch(name -> HostNames.matches(former.get().certificate(), name));
        if (holds && anewWithNewKey.isEmpty()) {
            return former.get();
        }
        Identity issued = authority.issue(names, former.filter(f -> !anewWithNewKey.orElse(false)), clock.instant());
        store("server", issued);
        return issued;
    }

    private Authority authority() throws IOException {
        Optional<Identity> stored = stored("ca");
        Instant now = clock.instant();
        if (stored.isPresent()
                && now.isBefore(
                        stored.get().certificate().getNotAfter().toInstant().minus(Authority.SERVER_LIFE))) {
            return new Authority(stored.get(), random);
        }
        Authority authority = Authority.found(applianceName, now, random);
        store("ca", authority.identity());
        return authority;
    }

    /** Files of ours that are damaged are an error, not a reason to make new ones: others may trust what they hold. */
    private Optional<Identity> stored(String name) throws IOException {
        Path chain = folder.resolve(name + ".pem");
        Path key = folder.resolve(name + ".key");
        if (!Files.exists(chain) || !Files.exists(key)) {
            return Optional.empty();
        }
        return Optional.of(new Identity(pem.key(key, Optional.empty()), pem.certificates(chain)));
    }

    /** The key first: a certificate without its key would be taken for whole. */
    private void store(String name, Identity identity) throws IOException {
        PemFile.write(folder.resolve(name + ".key"), PemFile.text(identity.key()));
        PemFile.write(folder.resolve(name + ".pem"), PemFile.text(identity.chain()));
    }

    private Optional<KeyFiles> taken() {
        var files = new KeyFiles(folder.resolve("taken.pem"), folder.resolve("taken.key"), Optional.empty());
        return Files.exists(files.chain()) && Files.exists(files.key()) ? Optional.of(files) : Optional.empty();
    }

    /** Takes over another certificate; see {@link org.hearthwatch.api.net.Certificates#take}. */
    public synchronized CertificateStatus take(Path chain, Path key, Optional<SecretRef> password) throws IOException {
        if (configured.isPresent()) {
            throw new IOException("etc/org.hearthwatch.transport.cfg names a certificate, "
                    + configured.get().chain() + "; what is configured is shown, so clear it there first");
        }
        Identity identity = read(new KeyFiles(chain, key, password));
        store("taken", identity);
        show(new Shown(identity, Source.TAKEN, Optional.empty()), stamps());
        return status().orElseThrow();
    }

    /** Issues our own anew; see {@link org.hearthwatch.api.net.Certificates#renew}. */
    public synchronized CertificateStatus renew(boolean newKey) throws IOException {
        if (configured.isPresent()) {
            throw new IOException("etc/org.hearthwatch.transport.cfg names a certificate, "
                    + configured.get().chain() + "; whoever made it renews it, and the files are read again then");
        }
        Identity identity = own(Optional.of(newKey));
        Files.deleteIfExists(folder.resolve("taken.pem"));
        Files.deleteIfExists(folder.resolve("taken.key"));
        show(new Shown(identity, Source.OWN, Optional.empty()), stamps());
        return status().orElseThrow();
    }

    /** Our own authority's certificate. */
    public synchronized X509Certificate authorityCertificate() throws IOException {
        return authority().certificate();
    }

    public synchronized String authorityPem() throws IOException {
        return PemFile.text(List.of(authorityCertificate()));
    }

    /** What is shown; empty before {@link #forNames}. */
    public synchronized Optional<Identity> identity() {
        return shown.map(Shown::identity);
    }

    public synchronized Optional<CertificateStatus> status() {
        return shown.map(what -> {
            X509Certificate certificate = what.identity().certificate();
            List<X509Certificate> chain = what.identity().chain();
            return new CertificateStatus(
                    what.source(),
                    HostNames.all(certificate),
                    certificate.getIssuerX500Principal().getName(),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    Fingerprint.of(certificate),
                    Pin.of(certificate).text(),
                    what.source() == Source.OWN
                            ? Optional.of(Fingerprint.of(chain.get(chain.size() - 1)))
                            : Optional.empty(),
                    what.problem());
        });
    }

    /** When the files that may be shown were changed. */
    private Map<Path, String> stamps() {
        Map<Path, String> stamps = new HashMap<>();
        configured.ifPresent(
                files -> List.of(files.chain(), files.key()).forEach(file -> stamps.put(file, stamp(file))));
        List.of("taken.pem", "taken.key")
                .forEach(name -> stamps.put(folder.resolve(name), stamp(folder.resolve(name))));
        return stamps;
    }

    private static String stamp(Path file) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            return changed + " " + Files.size(file);
        } catch (IOException e) {
            // A file that is not there, or not to be read, is one that looks like this.
            return "-";
        }
    }
}
