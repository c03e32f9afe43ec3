package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class DoorRecordTest {

    private final TestClock clock = TestClock.atStart();
    private final TestScreen screen = new TestScreen();
    private final DoorRecord door = new DoorRecord(screen, clock);

    @Test
    void failed_attempts_are_recorded_and_a_flood_of_them_is_counted() {
        for (int i = 0; i < 100; i++) {
            door.refused("root", "192.0.2.9", 3);
        }
        assertThat(screen.audit.entries).hasSize(DoorRecord.MOST_A_MINUTE);
        clock.advance(Duration.ofMinutes(1));
        door.refused("root", "192.0.2.9", 1);

        assertThat(screen.audit.entries).last().satisfies(entry -> {
            assertThat(entry.event().action()).isEqualTo("shell:begin");
            assertThat(entry.event().actor()).matches("unknown-[0-9a-f]{10}");
            assertThat(entry.event().source()).isEqualTo("192.0.2.9");
            assertThat(entry.event().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(entry.event().reason()).contains("90 more attempts");
        });
    }

    @Test
    void people_who_come_in_are_recorded_and_the_operators_commands_each_by_itself() {
        door.admitted(Principal.operator(), "127.0.0.1");
        assertThat(screen.audit.entries).isEmpty();

        door.admitted(new Principal(Principal.Kind.USER, "ada", Scope.ADMIN), "127.0.0.1");
        assertThat(screen.audit.entries).hasSize(1);
    }

    @Test
    void what_cannot_be_recorded_is_not_to_be_done() {
        assertThat(door.runs(Principal.operator(), List.of("bundle:stop 3"))).isTrue();
        assertThat(screen.audit.entries)
                .singleElement()
                .satisfies(entry -> assertThat(entry.event().object()).isEqualTo("bundle:stop 3"));
        var without = new DoorRecord(new NoServices(), clock);
        assertThat(without.runs(Principal.operator(), List.of("bundle:stop 3"))).isFalse();
        assertThat(without.runs(Principal.operator(), List.of())).isTrue();
    }

    private static final class NoServices implements Services {
        @Override
        public <S> Optional<S> find(Class<S> type) {
            return Optional.empty();
        }
    }
}
