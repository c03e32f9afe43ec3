package org.hearthwatch.backup.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DueTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Optional<Duration> DAILY = Optional.of(Duration.ofDays(1));

    @Test
    void one_is_due_when_the_newest_is_old_enough() {
        assertThat(BackupComponent.isDue(DAILY, Stream.empty(), NOW)).isTrue();
        assertThat(due(Duration.ofHours(23), Duration.ofDays(9))).isFalse();
        assertThat(due(Duration.ofDays(1), Duration.ofDays(9))).isTrue();
    }

    @Test
    void none_is_due_where_none_is_wanted() {
        assertThat(BackupComponent.isDue(Optional.empty(), Stream.empty(), NOW)).isFalse();
    }

    @Test
    void one_of_a_clock_that_was_a_year_ahead_keeps_none_from_being_made() {
        assertThat(due(Duration.ofDays(-365))).isTrue();
        assertThat(due(Duration.ofDays(-365), Duration.ofHours(1))).isFalse();
    }

    private static boolean due(Duration... ages) {
        return BackupComponent.isDue(DAILY, Stream.of(ages).map(NOW::minus), NOW);
    }
}
