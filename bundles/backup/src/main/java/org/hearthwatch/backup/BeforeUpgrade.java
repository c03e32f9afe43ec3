package org.hearthwatch.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.backup.age.Recipient;

/**
 * Makes a backup when the program is another than the one that wrote the state, before any part of it reads, and so changes,
 * that state. The vault is still sealed then: the archive is for the public keys known from the run before, and is signed as
 * soon as the vault is open.
 */
public final class BeforeUpgrade {

    private final Places places;
    private final InstantSource clock;
    private final SecureRandom random;

    public BeforeUpgrade(Places places, InstantSource clock, SecureRandom random) {
        this.places = places;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes one if it is needed, and notes the program that runs now.
     *
     * @param version of the program that runs now
     * @return what was made
     * @throws IOException if none could be made; then the next start tries again
     */
    public Optional<Path> keep(String version) throws IOException {
        Path note = places.own().resolve("program");
        Optional<String> before = line(note);
        if (before.equals(Optional.of(version))) {
            return Optional.empty();
        }
        Optional<Path> made = before.isPresent() ? Optional.of(make(before.get())) : Optional.empty();
        Places.makeFolder(places.own());
        Places.replace(note, version + "\n");
        return made;
    }

    private Path make(String version) throws IOException {
        List<Recipient> recipients = new ArrayList<>();
        new OwnKeys(Optional::empty, places.own(), random).recipient().ifPresent(recipients::add);
        Optional<Target> target = Target.read(places);
        target.ifPresent(known -> recipients.addAll(known.recipients()));
        if (recipients.isEmpty()) {
            throw new IOException("no public key is known yet that it could be encrypted for");
        }
        try (var archive = new ArchiveFile(
                places,
                target.map(Target::folder).orElse(places.home().resolve("backups")),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                ArchiveFile.UPGRADE)) {
            new Unsigned(places)
                    .add(archive.file(), archive.write(Optional.empty(), version, Optional::empty, recipients, random));
            archive.finish();
            return archive.file();
        }
    }

    private static Optional<String> line(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }
}
