package org.hearthwatch.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.backup.age.Recipient;

/**
 * What is configured.
 *
 * @param recipients who can open archives besides this appliance
 * @param passphrase opens archives in place of all keys, where there is one
 * @param every how often an archive is made; empty: only by hand
 * @param drillEvery how often the newest archive is unpacked on trial; empty: only by hand
 * @param keep how many archives stay
 */
public record BackupSettings(
        Path folder,
        List<Recipient.Key> recipients,
        Optional<SecretRef> passphrase,
        Optional<Duration> every,
        Optional<Duration> drillEvery,
        int keep,
        boolean samples) {
    public BackupSettings {
        recipients = List.copyOf(recipients);
    }
}
