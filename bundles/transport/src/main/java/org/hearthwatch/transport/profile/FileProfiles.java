package org.hearthwatch.transport.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.config.SettingsFile;
import org.hearthwatch.api.security.SecurityProfile;
import org.hearthwatch.api.security.SecurityProfiles;

/**
 * Profiles as settings in files, where everybody sees them: what a profile is stands in this one table. A default needs no
 * line in a file, so the standard profile takes lines out.
 */
public final class FileProfiles implements SecurityProfiles {

    private static final String TRANSPORT = "org.hearthwatch.transport";
    private static final String ACCESS = "org.hearthwatch.access";
    private static final String AUDIT = "org.hearthwatch.audit";
    private static final String BACKUP = "org.hearthwatch.backup";
    private static final String PLUGIN = "org.hearthwatch.plugin";

    private static final List<Pinned> TABLE = List.of(
            pinned(TRANSPORT, "egress", "listed", "private", "where outgoing connections may go"),
            pinned(TRANSPORT, "tls12Hosts", "", "", "nobody is spoken to in an old version of TLS"),
            pinned(ACCESS, "sessionIdle", "30m", "30m", "a session nobody uses ends"),
            pinned(ACCESS, "sessionLifetime", "12h", "12h", "every session ends"),
            pinned(ACCESS, "freeAttempts", "2", "2", "wrong passwords before each next one has to wait"),
            pinned(ACCESS, "longestWait", "15m", "15m", "how long that wait grows: the lockout"),
            pinned(
                    ACCESS,
                    "secondFactorForAdministrators",
                    "true",
                    "true",
                    "a password alone is a viewer's until there is a code or a passkey"),
            pinned(AUDIT, "encryptFull", "true", "true", "old files of the audit log are encrypted"),
            pinned(BACKUP, "encryptLogs", "true", "true", "old files of the log are encrypted"),
            pinned(PLUGIN, "unsigned", "refuse", "refuse", "only signed plugins run, whoever approves others"));

    private final Path folder;
    private final Supplier<SecurityProfile> chosen;

    /** What a profile says of a setting; in the standard profile it has its default. */
    private record Pinned(String pid, String key, Map<SecurityProfile, String> values, String why) {}

    private static Pinned pinned(String pid, String key, String high, String airgap, String why) {
        return new Pinned(pid, key, Map.of(SecurityProfile.HIGH, high, SecurityProfile.AIRGAP, airgap), why);
    }

    /**
     * @param folder where configuration files are
     * @param chosen the profile last chosen, as its own setting says
     */
    public FileProfiles(Path folder, Supplier<SecurityProfile> chosen) {
        this.folder = folder;
        this.chosen = chosen;
    }

    @Override
    public SecurityProfile chosen() {
        return chosen.get();
    }

    @Override
    public synchronized List<PinnedSetting> settings(SecurityProfile profile) throws IOException {
        List<PinnedSetting> settings = new ArrayList<>();
        for (Pinned pinned : TABLE) {
            Optional<String> now = file(pinned).get(pinned.key()).filter(value -> !value.isEmpty());
            // The standard profile takes back what another has set, and leaves what somebody set himself.
            Optional<String> wanted = profile == SecurityProfile.STANDARD
                    ? now.filter(value -> !pinned.values().containsValue(value))
                    : Optional.ofNullable(pinned.values().get(profile)).filter(value -> !value.isEmpty());
            settings.add(new PinnedSetting("etc/" + pinned.pid() + ".cfg", pinned.key(), now, wanted, pinned.why()));
        }
        return settings;
    }

    @Override
    public synchronized List<PinnedSetting> choose(SecurityProfile profile) throws IOException {
        List<PinnedSetting> changes =
                settings(profile).stream().filter(setting -> !setting.holds()).toList();
        for (PinnedSetting change : changes) {
            new SettingsFile(folder.resolve(Path.of(change.file()).getFileName())).set(change.key(), change.wanted());
        }
        // Last, so that a choice is not told of before it is carried out.
        new SettingsFile(folder.resolve(TRANSPORT + ".cfg"))
                .set("profile", profile == SecurityProfile.STANDARD ? Optional.empty() : Optional.of(profile.word()));
        return changes;
    }

    private SettingsFile file(Pinned pinned) {
        return new SettingsFile(folder.resolve(pinned.pid() + ".cfg"));
    }
}
