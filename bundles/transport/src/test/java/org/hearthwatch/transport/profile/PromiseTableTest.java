package org.hearthwatch.transport.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.security.Promise;
import org.hearthwatch.api.security.Promise.State;
import org.hearthwatch.transport.profile.PromiseTable.Answer;
import org.junit.jupiter.api.Test;

class PromiseTableTest {

    @Test
    void what_is_not_installed_is_off_and_named() {
        assertThat(promise("B11", Set.of()))
                .isEqualTo(new Promise("B11", "Backups", State.OFF, "not running: backup", "backup-list"));
    }

    @Test
    void what_is_there_in_part_is_degraded() {
        assertThat(promise("A2", Set.of("prometheus", "query", "store")).state())
                .isEqualTo(State.DEGRADED);
        assertThat(promise("A2", Set.of("query")).why()).isEqualTo("not running: prometheus, store");
        assertThat(promise("A2", Set.of("prometheus", "query", "store", "collector.prometheus"))
                        .state())
                .isEqualTo(State.ON);
    }

    @Test
    void who_looks_closer_is_asked_once_the_bundles_run() {
        var table = new PromiseTable(
                Set.of("transport", "http")::contains,
                Map.of("B5", () -> new Answer(State.OFF, "no address")),
                List::of);

        assertThat(table.all())
                .filteredOn(promise -> promise.id().equals("B5"))
                .extracting(Promise::why)
                .containsExactly("no address");
    }

    @Test
    void a_bundle_that_answers_for_itself_is_heard_in_place_of_the_table() {
        var own = new Promise("B7", "Audit", State.DEGRADED, "no checkpoint for a day", "audit-verify");
        var table = new PromiseTable(bundle -> true, Map.of(), () -> List.of(() -> List.of(own)));

        assertThat(table.all()).contains(own);
        assertThat(table.all())
                .extracting(Promise::id)
                .doesNotHaveDuplicates()
                .startsWith("A1")
                .endsWith("S45");
    }

    @Test
    void what_no_bundle_of_this_version_has_is_never_claimed() {
        assertThat(promise("C8", Set.of("api")))
                .satisfies(promise -> assertThat(promise.state()).isEqualTo(State.DEGRADED))
                .satisfies(promise -> assertThat(promise.why()).contains("not in this version: packages"));
    }

    @Test
    void the_vault_and_the_people_answer_for_secrets_and_second_factors() {
        var nobody = new SecretAnswers(Optional::empty, Optional::empty);

        assertThat(nobody.all()).containsKeys("A8", "B4", "S2", "S4", "S5", "S7", "S15", "S23");
        assertThat(nobody.all().values())
                .allSatisfy(answer -> assertThat(answer.get().state()).isEqualTo(State.OFF));
    }

    private static Promise promise(String id, Set<String> running) {
        return new PromiseTable(running::contains, Map.of(), List::of)
                .all().stream()
                        .filter(promise -> promise.id().equals(id))
                        .findFirst()
                        .orElseThrow();
    }
}
