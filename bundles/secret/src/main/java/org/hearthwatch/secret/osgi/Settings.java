package org.hearthwatch.secret.osgi;

import java.time.Duration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;

/** {@link SecretConfig} as what it means. */
record Settings(boolean createAtFirstStart, Duration rotateAfter) {

    private static final SettingReader READER = new SettingReader(SecretConfig.PID);
    private static final Duration LEAST = Duration.ofDays(1);
    private static final Duration MOST = Duration.ofDays(3653);

    /** @throws InvalidSettingException naming the setting and what it takes */
    static Settings of(SecretConfig config) {
        return new Settings(
                config.createAtFirstStart(), READER.duration("rotateAfter", config.rotateAfter(), LEAST, MOST));
    }
}
