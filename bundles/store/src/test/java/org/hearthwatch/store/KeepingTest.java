package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.api.store.SelectHints.Aspect;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.StoreLayout.Block;
import org.hearthwatch.store.blocks.Keeping.Rule;
import org.hearthwatch.store.blocks.Keeping.Tier;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long samples and what is made of them are kept: by time, by size, by rules for some series. */
class KeepingTest {

    private static final Labels SERIES = Labels.of("__name__", "m");
    private static final Labels LONG_LIVED = Labels.of("__name__", "up");
    private static final Duration FIVE = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock clock = TestClock.atStart();
    private TimeSeriesStore store = open(Duration.ofDays(15), List.of(), List.of());

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void without_tiers_there_are_none_and_the_longest_question_is_answered_from_samples() throws Exception {
        minutes(2000);

        assertThat(blocksOf(FIVE)).isEmpty();
        assertThat(blocksOf(HOUR)).isEmpty();
        try (var all = select(Duration.ofDays(1000), HOUR)) {
            assertThat(all.resolution()).isZero();
            assertThat(sizeOf(all)).isEqualTo(2000);
        }
    }

    @Test
    void a_tier_is_kept_for_its_own_time_and_longer_than_the_samples() throws Exception {
        reopen(
                Duration.ofHours(6),
                List.of(tier(FIVE, Duration.ofHours(12)), tier(HOUR, Duration.ofDays(30))),
                List.of());
        minutes(2000);

        assertThat(reach(Duration.ZERO)).isBetween(Duration.ofHours(5), Duration.ofHours(9));
        assertThat(reach(FIVE)).isBetween(Duration.ofHours(11), Duration.ofHours(16));
        assertThat(reach(HOUR)).isGreaterThan(Duration.ofHours(29));
    }

    @Test
    void a_tier_that_is_turned_off_later_stays_and_no_more_is_made_of_it() throws Exception {
        var tiers = List.of(tier(FIVE, Duration.ofDays(90)));
        reopen(Duration.ofDays(15), tiers, List.of());
        minutes(600);
        int made = blocksOf(FIVE).size();
        assertThat(made).isPositive();

        store.settings(settings(Duration.ofDays(15), List.of(), List.of()));
        minutes(600);

        assertThat(blocksOf(FIVE)).hasSize(made);
    }

    @Test
    void a_tier_stays_within_what_it_may_take_on_disk() throws Exception {
        long most = 4000;
        reopen(
                Duration.ofDays(15),
                List.of(new Tier(FIVE.toMillis(), Duration.ofDays(90).toMillis(), most)),
                List.of());
        minutes(3000);

        long taken = blocksOf(FIVE).stream().mapToLong(Block::bytes).sum();
        assertThat(taken).isPositive().isLessThanOrEqualTo(most);
        assertThat(reach(FIVE)).isLessThan(Duration.ofHours(49));
        assertThat(reach(Duration.ZERO)).isGreaterThan(Duration.ofHours(49));
    }

    @Test
    void the_coarsest_tier_that_is_fine_enough_answers_a_long_question_and_says_so() throws Exception {
        reopen(
                Duration.ofDays(15),
                List.of(tier(FIVE, Duration.ofDays(90)), tier(HOUR, Duration.ofDays(900))),
                List.of());
        minutes(600);

        try (var months = select(Duration.ofDays(60), HOUR);
                var days = select(Duration.ofDays(3), FIVE);
                var fine = select(Duration.ofDays(60), Duration.ofMinutes(1))) {
            assertThat(months.resolution()).isEqualTo(HOUR);
            assertThat(days.resolution()).isEqualTo(FIVE);
            assertThat(fine.resolution()).isZero();
        }
    }

    @Test
    void what_is_older_than_the_samples_is_answered_from_the_finest_tier_that_reaches_back() throws Exception {
        reopen(
                Duration.ofHours(6),
                List.of(tier(FIVE, Duration.ofDays(90)), tier(HOUR, Duration.ofDays(900))),
                List.of());
        minutes(2000);

        try (var old = select(Duration.ofHours(30), Duration.ofMinutes(1))) {
            assertThat(old.resolution()).isEqualTo(FIVE);
            assertThat(sizeOf(old)).isGreaterThan(300);
        }
    }

    @Test
    void a_rule_longer_than_the_retention_keeps_the_samples_of_its_series_and_no_others() throws Exception {
        reopen(
                Duration.ofHours(6),
                List.of(),
                List.of(new Rule(LONG_LIVED::equals, Duration.ofDays(10).toMillis())));
        minutes(2000);

        assertThat(Stores.samplesOf(store, LONG_LIVED)).hasSize(2000);
        assertThat(Stores.samplesOf(store, SERIES)).hasSizeBetween(300, 600);
    }

    @Test
    void of_two_rules_that_match_the_first_holds() throws Exception {
        reopen(
                Duration.ofHours(6),
                List.of(),
                List.of(
                        new Rule(LONG_LIVED::equals, Duration.ofHours(3).toMillis()),
                        new Rule(labels -> true, Duration.ofDays(10).toMillis())));
        minutes(2000);

        assertThat(Stores.samplesOf(store, SERIES)).hasSize(2000);
        assertThat(Stores.samplesOf(store, LONG_LIVED)).hasSizeBetween(120, 420);
    }

    @Test
    void a_rule_shorter_than_the_retention_holds_for_tiers_too() throws Exception {
        reopen(
                Duration.ofDays(15),
                List.of(tier(FIVE, Duration.ofDays(90))),
                List.of(new Rule(LONG_LIVED::equals, Duration.ofHours(6).toMillis())));
        minutes(2000);

        try (var days = store.select(
                List.of(Matcher.equal("__name__", "up")),
                clock.millis() - Duration.ofDays(3).toMillis(),
                clock.millis(),
                new SelectHints(FIVE, Duration.ZERO, Aspect.LAST))) {
            assertThat(days.resolution()).isEqualTo(FIVE);
            assertThat(sizeOf(days)).isBetween(6 * 12 - 12, 10 * 12);
        }
    }

    private static Tier tier(Duration width, Duration kept) {
        return new Tier(width.toMillis(), kept.toMillis(), 0);
    }

    private void reopen(Duration retention, List<Tier> tiers, List<Rule> rules) throws Exception {
        store.close();
        store = open(retention, tiers, rules);
    }

    private TimeSeriesStore open(Duration retention, List<Tier> tiers, List<Rule> rules) {
        try {
            return TimeSeriesStore.open(new SimulatedDisk(), settings(retention, tiers, rules), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Windows of a day are two hours. */
    private static StoreSettings settings(Duration retention, List<Tier> tiers, List<Rule> rules) {
        var defaults = Stores.settings(changes -> changes.cut(FIVE));
        return new StoreSettings(
                retention,
                0,
                defaults.memoryBytes(),
                defaults.outOfOrderWindow(),
                defaults.futureWindow(),
                defaults.maxSeries(),
                Duration.ZERO,
                0,
                tiers,
                rules,
                0,
                FIVE);
    }

    private void minutes(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            clock.advance(Duration.ofMinutes(1));
            store.append(SampleBatch.from("test")
                    .add(SERIES, clock.millis(), Math.sin(i))
                    .add(LONG_LIVED, clock.millis(), 1)
                    .build());
            store.commit();
            for (int j = 0; j < 100 && store.tend(); j++) {
                store.commit();
            }
        }
    }

    private List<Block> blocksOf(Duration resolution) {
        return store.admin().layout().blocks().stream()
                .filter(block -> block.resolution().equals(resolution))
                .toList();
    }

    /** How far the blocks of a resolution reach back. */
    private Duration reach(Duration resolution) {
        return blocksOf(resolution).stream()
                .map(block -> Duration.between(block.from(), clock.instant()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Selection select(Duration back, Duration step) {
        return store.select(
                List.of(Matcher.equal("__name__", "m")),
                clock.millis() - back.toMillis(),
                clock.millis(),
                new SelectHints(step, Duration.ZERO, Aspect.LAST));
    }

    private static int sizeOf(Selection selection) {
        var buffer = new SampleBuffer();
        int size = 0;
        for (int i = 0; i < selection.size(); i++) {
            selection.read(i, buffer);
            size += buffer.size();
        }
        return size;
    }
}
