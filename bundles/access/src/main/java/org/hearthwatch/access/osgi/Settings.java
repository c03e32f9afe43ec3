package org.hearthwatch.access.osgi;

import java.time.Duration;
import org.hearthwatch.access.AccessSettings;
import org.hearthwatch.access.Argon2Cost;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;

/** Turns configuration strings into settings. */
final class Settings {

    private Settings() {}

    /** @throws InvalidSettingException naming the setting and what it takes */
    static AccessSettings of(AccessConfig config) {
        return new AccessSettings(
                new Argon2Cost(
                        memoryKib(config.passwordMemory()),
                        number(
                                "passwordIterations",
                                config.passwordIterations(),
                                Argon2Cost.LEAST_ITERATIONS,
                                Argon2Cost.MOST_ITERATIONS)),
                duration("sessionIdle", config.sessionIdle(), Duration.ofMinutes(1), Duration.ofDays(1), "1m to 1d"),
                duration(
                        "sessionLifetime",
                        config.sessionLifetime(),
                        Duration.ofMinutes(1),
                        Duration.ofDays(30),
                        "1m to 30d"),
                duration(
                        "proofLifetime",
                        config.proofLifetime(),
                        Duration.ofMinutes(1),
                        Duration.ofHours(12),
                        "1m to 12h"),
                config.secondFactorForAdministrators(),
                number("sessionsPerUser", config.sessionsPerUser(), 1, 100),
                number("sessionLimit", config.sessionLimit(), 1, 1000),
                number("freeAttempts", config.freeAttempts(), 1, 20),
                duration("longestWait", config.longestWait(), Duration.ofSeconds(1), Duration.ofHours(1), "1s to 1h"));
    }

    private static int memoryKib(String text) {
        long kib;
        try {
            kib = ByteSize.parse(text).bytes() / 1024;
        } catch (IllegalArgumentException e) {
            throw refused("passwordMemory", text, ByteSize.ALLOWED);
        }
        if (kib < Argon2Cost.LEAST_MEMORY_KIB || kib > Argon2Cost.MOST_MEMORY_KIB) {
            throw refused("passwordMemory", text, "a size from 19MB to 128MB");
        }
        return (int) kib;
    }

    private static int number(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw refused(key, Integer.toString(value), "a number from " + least + " to " + most);
        }
        return value;
    }

    private static Duration duration(String key, String text, Duration least, Duration most, String range) {
        Duration value;
        try {
            value = HumanDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(key, text, HumanDuration.ALLOWED);
        }
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw refused(key, text, "a duration from " + range);
        }
        return value;
    }

    private static InvalidSettingException refused(String key, String value, String allowed) {
        return new InvalidSettingException(AccessConfig.PID, key, value, allowed);
    }
}
