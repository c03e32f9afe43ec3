package org.hearthwatch.backup.osgi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.backup.BackupSettings;
import org.hearthwatch.backup.age.Recipient;

/** {@link BackupConfig} as what it means. */
final class Settings {

    private static final Duration LEAST = Duration.ofHours(1);
    private static final Duration MOST = Duration.ofDays(30);
    private static final Duration LEAST_DRILL = Duration.ofDays(1);
    private static final Duration MOST_DRILL = Duration.ofDays(365);
    private static final int MOST_KEPT = 1000;
    private static final int MOST_RECIPIENTS = 16;

    private Settings() {}

    /** @param usual the folder where none is named */
    static BackupSettings of(BackupConfig config, Path usual) {
        if (config.keep() < 1 || config.keep() > MOST_KEPT) {
            throw wrong("keep", Integer.toString(config.keep()), "a number from 1 to " + MOST_KEPT);
        }
        List<Recipient.Key> recipients = recipients(config.recipients());
        Optional<SecretRef> passphrase = passphrase(config.passphrase());
        if (passphrase.isPresent() && !recipients.isEmpty()) {
            throw wrong(
                    "recipients", config.recipients(), "nothing where passphrase is set: age knows one or the other");
        }
        return new BackupSettings(
                folder(config.folder(), usual),
                recipients,
                passphrase,
                every("every", config.every(), LEAST, MOST),
                every("drillEvery", config.drillEvery(), LEAST_DRILL, MOST_DRILL),
                config.keep(),
                config.samples());
    }

    private static Optional<Duration> every(String key, String text, Duration least, Duration most) {
        String allowed = HumanDuration.ALLOWED + ", from " + HumanDuration.format(least) + " to "
                + HumanDuration.format(most) + ", or 0s for none";
        try {
            Duration every = HumanDuration.parse(text);
            if (every.isZero()) {
                return Optional.empty();
            }
            if (every.compareTo(least) >= 0 && every.compareTo(most) <= 0) {
                return Optional.of(every);
            }
        } catch (IllegalArgumentException e) {
            throw wrong(key, text, allowed + " (" + e.getMessage() + ")");
        }
        throw wrong(key, text, allowed);
    }

    private static Path folder(String text, Path usual) {
        try {
            Path folder = text.isBlank() ? usual : Path.of(text.strip());
            if (folder.isAbsolute()) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw wrong("folder", text, "an absolute path (" + e.getMessage() + ")");
        }
        throw wrong("folder", text, "an absolute path");
    }

    private static List<Recipient.Key> recipients(String text) {
        List<Recipient.Key> recipients = new ArrayList<>();
        for (String word : text.split("[,\\s]+", -1)) {
            if (!word.isEmpty()) {
                try {
                    recipients.add(Recipient.Key.parse(word));
                } catch (IllegalArgumentException e) {
                    throw wrong("recipients", word, "public keys as age-keygen prints them (" + e.getMessage() + ")");
                }
            }
        }
        if (recipients.size() > MOST_RECIPIENTS) {
            throw wrong("recipients", text, "at most " + MOST_RECIPIENTS + " keys");
        }
        return recipients;
    }

    private static Optional<SecretRef> passphrase(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SecretRef.parse(text.strip()));
        } catch (IllegalArgumentException e) {
            // What stands there may be the passphrase itself.
            throw wrong("passphrase", "(not shown)", String.valueOf(e.getMessage()));
        }
    }

    private static InvalidSettingException wrong(String key, String value, String allowed) {
        return new InvalidSettingException(BackupConfig.PID, key, value, allowed);
    }
}
