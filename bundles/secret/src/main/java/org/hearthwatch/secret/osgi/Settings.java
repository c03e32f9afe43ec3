package org.hearthwatch.secret.osgi;

import java.time.Duration;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;

/** {@link SecretConfig} as what it means. */
record Settings(boolean createAtFirstStart, Duration rotateAfter) {

    private static final Duration LEAST = Duration.ofDays(1);
    private static final Duration MOST = Duration.ofDays(3653);

    static Settings of(SecretConfig config) {
        String allowed =
                HumanDuration.ALLOWED + ", from " + HumanDuration.format(LEAST) + " to " + HumanDuration.format(MOST);
        Duration value;
        try {
            value = HumanDuration.parse(config.rotateAfter());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    SecretConfig.PID, "rotateAfter", config.rotateAfter(), allowed + " (" + e.getMessage() + ")");
        }
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw new InvalidSettingException(SecretConfig.PID, "rotateAfter", config.rotateAfter(), allowed);
        }
        return new Settings(config.createAtFirstStart(), value);
    }
}
