package org.hearthwatch.backup.osgi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.backup.BackupSettings;
import org.hearthwatch.backup.age.Recipient;

/** {@link BackupConfig} as what it means. */
final class Settings {

    private static final SettingReader READER = new SettingReader(BackupConfig.PID);
    private static final Duration LEAST = Duration.ofHours(1);
    private static final Duration MOST = Duration.ofDays(30);
    private static final Duration LEAST_DRILL = Duration.ofDays(1);
    private static final Duration MOST_DRILL = Duration.ofDays(365);
    private static final int MOST_KEPT = 1000;
    private static final int MOST_RECIPIENTS = 16;

    private Settings() {}

    /**
     * Reads settings.
     *
     * @param usual the folder where none is named
     * @throws InvalidSettingException naming the setting and what it takes
     */
    static BackupSettings of(BackupConfig config, Path usual) {
        List<Recipient.Key> recipients = recipients(config.recipients());
        Optional<SecretRef> passphrase = READER.reference("passphrase", config.passphrase());
        if (passphrase.isPresent() && !recipients.isEmpty()) {
            throw READER.refused(
                    "recipients", config.recipients(), "nothing where passphrase is set: age knows one or the other");
        }
        return new BackupSettings(
                config.folder().isBlank() ? usual : READER.path("folder", config.folder()),
                recipients,
                passphrase,
                every("every", config.every(), LEAST, MOST),
                every("drillEvery", config.drillEvery(), LEAST_DRILL, MOST_DRILL),
                READER.count("keep", config.keep(), 1, MOST_KEPT),
                config.samples());
    }

    private static Optional<Duration> every(String key, String text, Duration least, Duration most) {
        Duration every = READER.duration(key, text, Duration.ZERO, most);
        if (!every.isZero() && every.compareTo(least) < 0) {
            throw READER.refused(
                    key,
                    text,
                    HumanDuration.ALLOWED + ", from " + HumanDuration.format(least) + " to "
                            + HumanDuration.format(most) + ", or 0s for none");
        }
        return Optional.of(every).filter(time -> !time.isZero());
    }

    private static List<Recipient.Key> recipients(String text) {
        List<Recipient.Key> recipients =
                READER.list("recipients", text.strip().replaceAll("\\s+", ","), Recipient.Key::parse);
        if (recipients.size() > MOST_RECIPIENTS) {
            throw READER.refused("recipients", text, "at most " + MOST_RECIPIENTS + " keys");
        }
        return recipients;
    }
}
