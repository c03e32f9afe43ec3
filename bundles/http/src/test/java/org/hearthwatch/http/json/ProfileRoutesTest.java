package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Policy;
import org.hearthwatch.api.security.Promise;
import org.hearthwatch.api.security.SecurityProfile;
import org.hearthwatch.api.security.SecurityProfiles;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;

class ProfileRoutesTest {

    private final FakeProfiles profiles = new FakeProfiles();
    private final ProfileRoutes routes = new ProfileRoutes(
            () -> profiles, () -> () -> List.of(new Promise("S8", "TLS", Promise.State.DEGRADED, "Plain", "openssl")));

    @Test
    void every_profile_is_shown_with_what_it_would_change() throws Exception {
        assertThat(FakeExchange.get("/api/hw/security-profile")
                        .answeredBy(routes)
                        .text())
                .startsWith("{\"chosen\":\"standard\",\"profiles\":[{\"profile\":\"standard\"")
                .contains(
                        "{\"profile\":\"airgap\",\"settings\":[{\"file\":\"etc/x.cfg\",\"key\":\"egress\",\"now\":null,"
                                + "\"wanted\":\"airgap\",\"why\":\"w\",\"holds\":false}]}");
    }

    @Test
    void one_is_chosen_by_its_word_and_no_other() throws Exception {
        assertThat(put("{\"profile\":\"high\"}").answeredBy(routes).status()).isEqualTo(200);
        assertThat(profiles.chosen).isEqualTo(SecurityProfile.HIGH);
        for (String body : List.of("{\"profile\":\"higher\"}", "{}")) {
            assertThatExceptionOfType(HttpProblem.class)
                    .isThrownBy(() -> put(body).answeredBy(routes))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(400));
        }
    }

    @Test
    void choosing_takes_a_fresh_proof() {
        assertThat(routes.routes())
                .filteredOn(route -> route.method() == Route.Method.PUT)
                .singleElement()
                .satisfies(route -> {
                    Permission needed = route.guard().needed().orElseThrow();
                    assertThat(Policy.needsFreshProof(needed)).isTrue();
                });
    }

    @Test
    void promises_say_whether_and_why() throws Exception {
        assertThat(FakeExchange.get("/api/hw/promises").answeredBy(routes).text())
                .isEqualTo(
                        "[{\"id\":\"S8\",\"title\":\"TLS\",\"state\":\"DEGRADED\",\"why\":\"Plain\",\"proof\":\"openssl\"}]");
    }

    private static FakeExchange put(String body) {
        return FakeExchange.put("/api/hw/security-profile")
                .withHeader("Content-Type", "application/json")
                .withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    private static final class FakeProfiles implements SecurityProfiles {

        private SecurityProfile chosen = SecurityProfile.STANDARD;

        @Override
        public SecurityProfile chosen() {
            return chosen;
        }

        @Override
        public List<PinnedSetting> settings(SecurityProfile profile) {
            return List.of(
                    new PinnedSetting("etc/x.cfg", "egress", Optional.empty(), Optional.of(profile.word()), "w"));
        }

        @Override
        public List<PinnedSetting> choose(SecurityProfile profile) {
            chosen = profile;
            return settings(profile);
        }
    }
}
