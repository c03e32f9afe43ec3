package org.hearthwatch.transport.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.PrivateKey;
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
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;

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
    private final KeyDrawer keys;

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
            Supplier<Optional<Secrets>> secrets,
            Supplier<Optional<SealedNotes>> vault) {
        this.folder = folder;
        this.applianceName = applianceName;
        this.names.addAll(ownNames);
        this.clock = clock;
        this.random = random;
        this.secrets = secrets;
        this.pem = new PemFile(provider);
        this.keys = new KeyDrawer(folder, pem, vault);
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
            try {
                Optional<Identity> brought = source == Source.CONFIGURED ? configured() : taken();
                if (brought.isPresent()) {
                    show(new Shown(brought.get(), source, problem), now);
                    return;
                }
            } catch (IOException e) {
                problem = Optional.of(String.valueOf(e.getMessage()));
            }
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
        Optional<X509Certificate> ours = authorityOnDisk();
        Optional<Identity> former = stored("server");
        boolean holds = former.isPresent()
                && ours.isPresent()
                && former.get().chain().contains(ours.get())
                && !endsSoon(former.get())
                && names.stream()
                        .allMatch(name -> HostNames.matches(former.get().certificate(), name));
        // The authority's key is asked for only to issue: it may be in a vault that is not open.
        if (holds && anewWithNewKey.isEmpty()) {
            return former.get();
        }
        Identity issued = authority().issue(names, former.filter(f -> !anewWithNewKey.orElse(false)), clock.instant());
        store("server", issued);
        return issued;
    }

    /** Our authority's certificate, while it can still issue some. */
    private Optional<X509Certificate> authorityOnDisk() throws IOException {
        Path chain = folder.resolve("ca.pem");
        if (!Files.exists(chain)) {
            return Optional.empty();
        }
        X509Certificate certificate = pem.certificates(chain).get(0);
        Instant last = certificate.getNotAfter().toInstant().minus(Authority.SERVER_LIFE);
        return clock.instant().isBefore(last) ? Optional.of(certificate) : Optional.empty();
    }

    private Authority authority() throws IOException {
        Optional<Identity> stored = authorityOnDisk().isPresent() ? stored("ca") : Optional.empty();
        if (stored.isPresent() && new Authority(stored.get(), random).speaksFor(names)) {
            return new Authority(stored.get(), random);
        }
        Authority authority = Authority.found(applianceName, names, clock.instant(), random);
        store("ca", authority.identity());
        return authority;
    }

    /** Files of ours that are damaged are an error, not a reason to make new ones: others may trust what they hold. */
    private Optional<Identity> stored(String name) throws IOException {
        Path chain = folder.resolve(name + ".pem");
        if (!Files.exists(chain)) {
            return Optional.empty();
        }
        Optional<PrivateKey> key = keys.read(name);
        return key.isPresent() ? Optional.of(new Identity(key.get(), pem.certificates(chain))) : Optional.empty();
    }

    /** The key first: a certificate without its key would be taken for whole. */
    private void store(String name, Identity identity) throws IOException {
        keys.write(name, identity.key());
        PemFile.write(folder.resolve(name + ".pem"), PemFile.text(identity.chain()));
    }

    private Optional<Identity> configured() throws IOException {
        return configured.isPresent() ? Optional.of(read(configured.get())) : Optional.empty();
    }

    private Optional<Identity> taken() throws IOException {
        Optional<Identity> taken = stored("taken");
        return taken.isPresent()
                ? Optional.of(CertificateCheck.identity(
                        folder.resolve("taken.pem"),
                        taken.get().key(),
                        taken.get().chain(),
                        clock.instant()))
                : taken;
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

    /**
     * Puts our keys into the vault.
     *
     * @param forServers whether the keys of servers too: not into a vault that only people open, as HTTPS is to be there
     *     after a restart, also for those people
     * @return those that were in files until now
     * @throws IOException while the vault is not open; the files stay
     */
    public synchronized List<String> useVault(boolean forServers) throws IOException {
        return keys.moveToVault(forServers);
    }

    /** Whether some of our keys are in files. */
    public boolean hasKeyFiles(boolean ofServers) {
        return keys.areInFiles(ofServers);
    }

    /** Our own authority's certificate. */
    public synchronized X509Certificate authorityCertificate() throws IOException {
        Optional<X509Certificate> ours = authorityOnDisk();
        return ours.isPresent() ? ours.get() : authority().certificate();
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
