package org.hearthwatch.access;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;

/** An {@link Access} over a folder with the cheapest allowed password hash. */
final class AccessFixture {

    static final String PASSWORD = "four unrelated words";

    static final AccessSettings SETTINGS = new AccessSettings(
            new Argon2Cost(Argon2Cost.LEAST_MEMORY_KIB, Argon2Cost.LEAST_ITERATIONS),
            Duration.ofHours(1),
            Duration.ofHours(12),
            Duration.ofMinutes(10),
            false,
            3,
            5,
            3,
            Duration.ofMinutes(15));

    private AccessFixture() {}

    static Access open(Path folder, InstantSource clock) {
        return open(folder, clock, Optional.empty());
    }

    static Access open(Path folder, InstantSource clock, Optional<SealedNotes> vault) {
        return new Access(folder, SETTINGS, clock, new SecureRandom(), () -> vault);
    }

    static Secret password() {
        return Secret.of(PASSWORD);
    }

    static Secret wrong() {
        return Secret.of("not the password");
    }
}
