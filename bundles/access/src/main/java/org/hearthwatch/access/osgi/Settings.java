package org.hearthwatch.access.osgi;

import java.time.Duration;
import org.hearthwatch.access.AccessSettings;
import org.hearthwatch.access.Argon2Cost;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;

/** Turns configuration strings into settings. */
final class Settings {

    private static final SettingReader READER = new SettingReader(AccessConfig.PID);
    private static final long KIB = 1024;

    private Settings() {}

    /** @throws InvalidSettingException naming the setting and what it takes */
    static AccessSettings of(AccessConfig config) {
        return new AccessSettings(
                new Argon2Cost(
                        (int) (READER.bytes(
                                        "passwordMemory",
                                        config.passwordMemory(),
                                        KIB * Argon2Cost.LEAST_MEMORY_KIB,
                                        KIB * Argon2Cost.MOST_MEMORY_KIB)
                                / KIB),
                        READER.count(
                                "passwordIterations",
                                config.passwordIterations(),
                                Argon2Cost.LEAST_ITERATIONS,
                                Argon2Cost.MOST_ITERATIONS)),
                READER.duration("sessionIdle", config.sessionIdle(), Duration.ofMinutes(1), Duration.ofDays(1)),
                READER.duration(
                        "sessionLifetime", config.sessionLifetime(), Duration.ofMinutes(1), Duration.ofDays(30)),
                READER.duration("proofLifetime", config.proofLifetime(), Duration.ofMinutes(1), Duration.ofHours(12)),
                config.secondFactorForAdministrators(),
                READER.count("sessionsPerUser", config.sessionsPerUser(), 1, 100),
                READER.count("sessionLimit", config.sessionLimit(), 1, 1000),
                READER.count("freeAttempts", config.freeAttempts(), 1, 20),
                READER.duration("longestWait", config.longestWait(), Duration.ofSeconds(1), Duration.ofHours(1)));
    }
}
