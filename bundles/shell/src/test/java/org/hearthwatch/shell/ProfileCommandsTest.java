package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.security.Promise;
import org.hearthwatch.api.security.Promise.State;
import org.hearthwatch.api.security.PromiseBook;
import org.hearthwatch.api.security.SecurityProfile;
import org.hearthwatch.api.security.SecurityProfiles;
import org.junit.jupiter.api.Test;

class ProfileCommandsTest {

    private final List<SecurityProfile> choices = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();
    private final TestScreen screen =
            new TestScreen().with(SecurityProfiles.class, new Profiles()).with(PromiseBook.class, () -> promises);

    private final class Profiles implements SecurityProfiles {

        @Override
        public SecurityProfile chosen() {
            return choices.isEmpty() ? SecurityProfile.STANDARD : choices.get(choices.size() - 1);
        }

        @Override
        public List<PinnedSetting> settings(SecurityProfile profile) {
            return List.of(new PinnedSetting(
                    "etc/x.cfg",
                    "egress",
                    Optional.empty(),
                    profile == SecurityProfile.HIGH ? Optional.of("listed") : Optional.empty(),
                    "where to"));
        }

        @Override
        public List<PinnedSetting> choose(SecurityProfile profile) {
            List<PinnedSetting> changes = settings(profile);
            choices.add(profile);
            return changes;
        }
    }

    @Test
    void shows_the_profile_in_force() {
        screen.run("security-profile");
        assertThat(screen.out()).startsWith("The profile is standard.").contains("egress", "as it is");
    }

    @Test
    void shows_what_another_would_change() {
        screen.run("security-profile high");
        assertThat(screen.out()).contains("The profile high in place of standard", "(default)", "listed");
        assertThat(choices).isEmpty();
    }

    @Test
    void shows_the_difference_and_then_makes_it() {
        screen.run("security-profile-set high --dry-run");
        assertThat(screen.out()).contains("(default)", "listed");
        assertThat(choices).isEmpty();

        screen.run("security-profile-set high");
        assertThat(choices).containsExactly(SecurityProfile.HIGH);
        assertThat(screen.out()).contains("listed", "The profile is high now; 1 settings were changed.");
    }

    @Test
    void set_may_stand_apart_and_needs_the_same_permission() {
        assertThat(screen.run("security-profile set airgap")).isZero();
        assertThat(choices).containsExactly(SecurityProfile.AIRGAP);
        assertThat(screen.audit.entries)
                .anySatisfy(event -> assertThat(event.toString()).contains("hw:security-profile-set airgap"));

        screen.as(new Principal(Principal.Kind.USER, "vera", Scope.READ));
        assertThat(screen.run("security-profile set standard")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.err()).contains("manage:profile");
        assertThat(choices).hasSize(1);
        assertThat(screen.run("security-profile high airgap")).isEqualTo(ShellCommand.USAGE);
    }

    @Test
    void an_unknown_profile_is_refused() {
        assertThat(screen.run("security-profile-set paranoid")).isEqualTo(ShellCommand.USAGE);
        assertThat(screen.err()).contains("standard, high and airgap");
    }

    @Test
    void promises_show_their_proof_and_fail_while_one_holds_only_in_part() {
        promises.add(new Promise("B5", "Transport", State.ON, "TLS 1.3", "tls-status"));
        assertThat(screen.run("promises")).isZero();
        assertThat(screen.out()).contains("B5", "ON", "tls-status");

        promises.add(new Promise("B9", "Profiles", State.DEGRADED, "other values", "security-profile"));
        assertThat(screen.run("promises --json")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.out()).contains("\"state\":\"DEGRADED\"");
    }
}
