package org.hearthwatch.transport.profile;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.net.CertificateStatus;
import org.hearthwatch.api.net.Certificates;
import org.hearthwatch.api.security.Promise.State;
import org.hearthwatch.api.security.SecurityProfile;
import org.hearthwatch.api.security.SecurityProfiles;
import org.hearthwatch.api.security.SecurityProfiles.PinnedSetting;
import org.hearthwatch.transport.egress.EgressRules;
import org.hearthwatch.transport.profile.PromiseTable.Answer;

/** What this bundle knows about promises: transport, network control, what leaves, and profiles. */
public final class TransportAnswers {

    private static final Duration SOON = Duration.ofDays(14);

    private final Supplier<EgressRules> rules;
    private final Certificates certificates;
    private final SecurityProfiles profiles;
    private final InstantSource clock;

    public TransportAnswers(
            Supplier<EgressRules> rules, Certificates certificates, SecurityProfiles profiles, InstantSource clock) {
        this.rules = rules;
        this.certificates = certificates;
        this.profiles = profiles;
        this.clock = clock;
    }

    /** The answers by promise. */
    public Map<String, Supplier<Answer>> all() {
        return Map.of(
                "A7", this::network,
                "A11", this::inside,
                "B5", this::transport,
                "B9", this::profile,
                "S8", this::transport,
                "S9", this::transport,
                "S10", this::pins,
                "S21", this::oldLogs,
                "S24", this::airGap,
                "S41", this::inside);
    }

    private Answer pins() {
        int pinned = rules.get().pins().size();
        return pinned == 0
                ? new Answer(State.OFF, "no host is pinned; pins in etc/org.hearthwatch.transport.cfg names some")
                : new Answer(State.ON, pinned + " hosts are pinned");
    }

    private Answer oldLogs() {
        try {
            List<PinnedSetting> settings = profiles.settings(SecurityProfile.HIGH).stream()
                    .filter(setting -> setting.key().startsWith("encrypt"))
                    .toList();
            List<String> plain = settings.stream()
                    .filter(setting -> !setting.holds())
                    .map(setting -> setting.key() + " in " + setting.file())
                    .toList();
            return plain.isEmpty()
                    ? new Answer(State.ON, "files of the log and of the audit log that are full are encrypted")
                    : new Answer(
                            plain.size() < settings.size() ? State.DEGRADED : State.OFF,
                            "full files stay plain; " + String.join(", ", plain) + " changes that");
        } catch (IOException e) {
            return new Answer(State.DEGRADED, "the settings cannot be read: " + e.getMessage());
        }
    }

    private Answer airGap() {
        return rules.get().reach() == EgressRules.Reach.PRIVATE
                ? new Answer(State.ON, "connections leave only for listed private addresses")
                : new Answer(
                        State.OFF, "connections may leave for elsewhere; hw:security-profile set airgap ends that");
    }

    private Answer network() {
        return certificates.status().isEmpty() ? new Answer(State.ON, "served on this machine only") : transport();
    }

    private Answer inside() {
        return switch (rules.get().reach()) {
            case ANY -> new Answer(State.ON, "connections leave only for what is configured; no list limits that");
            case LISTED -> new Answer(State.ON, "connections leave only for listed destinations");
            case PRIVATE -> new Answer(State.ON, "connections leave only for listed private addresses");
        };
    }

    private Answer transport() {
        Optional<CertificateStatus> status = certificates.status();
        if (status.isEmpty()) {
            return new Answer(
                    State.OFF, "no HTTPS address is set; addresses in etc/org.hearthwatch.http.cfg names some");
        }
        if (status.get().problem().isPresent()) {
            return new Answer(State.DEGRADED, status.get().problem().get());
        }
        if (clock.instant().plus(SOON).isAfter(status.get().notAfter())) {
            return new Answer(
                    State.DEGRADED, "the certificate ends at " + status.get().notAfter());
        }
        List<String> old = rules.get().tls12().stream().sorted().toList();
        if (!old.isEmpty()) {
            return new Answer(State.DEGRADED, "TLS 1.2 is spoken with " + String.join(", ", old));
        }
        List<String> single = rules.get().pins().entrySet().stream()
                .filter(entry -> entry.getValue().size() < 2)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!single.isEmpty()) {
            return new Answer(State.DEGRADED, "no second pin for " + String.join(", ", single));
        }
        return new Answer(
                State.ON,
                "TLS 1.3 with X25519MLKEM768 first, certificate until "
                        + status.get().notAfter());
    }

    private Answer profile() {
        String name = profiles.chosen().word();
        try {
            List<String> other = profiles.settings(profiles.chosen()).stream()
                    .filter(setting -> !setting.holds())
                    .map(PinnedSetting::key)
                    .toList();
            return other.isEmpty()
                    ? new Answer(State.ON, name)
                    : new Answer(State.DEGRADED, name + ", but other values for " + String.join(", ", other));
        } catch (IOException e) {
            return new Answer(State.DEGRADED, "the settings cannot be read: " + e.getMessage());
        }
    }
}
