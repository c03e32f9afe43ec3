package org.hearthwatch.alert.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class GroupScheduleTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void keeps_its_place_whenever_it_starts() {
        var schedule = GroupSchedule.of("rules/a.yml", "g", Duration.ofMinutes(1));
        Instant first = schedule.after(NOW);

        assertThat(first).isAfter(NOW).isBeforeOrEqualTo(NOW.plusSeconds(60));
        assertThat(GroupSchedule.of("rules/a.yml", "g", Duration.ofMinutes(1)).after(first.plusMillis(12_345)))
                .isEqualTo(first.plusSeconds(60));
        assertThat(schedule.after(first)).isEqualTo(first.plusSeconds(60));
        assertThat(schedule.atOrBefore(first)).isEqualTo(first);
    }

    @Test
    void spreads_groups_over_the_interval() {
        var offsets = new HashSet<Long>();
        for (int i = 0; i < 100; i++) {
            offsets.add(GroupSchedule.of("rules/a.yml", "group-" + i, Duration.ofMinutes(1))
                            .offsetMillis()
                    / 6_000);
        }
        assertThat(offsets).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void counts_what_went_by() {
        var schedule = new GroupSchedule(Duration.ofSeconds(10), 0);
        assertThat(schedule.missed(NOW, NOW.plusSeconds(9))).isZero();
        assertThat(schedule.missed(NOW, NOW.plusSeconds(19))).isZero();
        assertThat(schedule.missed(NOW, NOW.plusSeconds(35))).isEqualTo(2);
    }
}
