package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final String HERE = "192.168.1.10";
    private static final String ELSEWHERE = "10.0.0.1";

    private final TestClock clock = TestClock.atStart();
    private final Attempts attempts = new Attempts(clock, () -> 3, () -> Duration.ofMinutes(15));

    @Test
    void three_failures_are_free_and_each_further_one_waits_twice_as_long() throws Exception {
        fail("admin", HERE, 2);
        attempts.admit("admin", HERE);
        fail("admin", HERE, 1);
        assertWaits("admin", HERE, 1);

        clock.advance(Duration.ofSeconds(2));
        attempts.admit("admin", HERE);
        fail("admin", HERE, 1);
        assertWaits("admin", HERE, 2);

        clock.advance(Duration.ofSeconds(3));
        fail("admin", HERE, 1);
        assertWaits("admin", HERE, 4);
    }

    @Test
    void the_wait_does_not_grow_beyond_the_longest() {
        fail("admin", HERE, 19);

        assertWaits("admin", HERE, 15 * 60);
    }

    @Test
    void who_is_shut_out_at_one_place_comes_in_from_another() {
        fail("admin", HERE, 10);

        assertThatCode(() -> attempts.admit("admin", ELSEWHERE)).doesNotThrowAnyException();
        assertThatCode(() -> attempts.admit("admin", "127.0.0.1")).doesNotThrowAnyException();
    }

    @Test
    void addresses_of_one_network_share_their_failures() {
        fail("admin", "192.168.1.10", 3);
        assertWaits("admin", "192.168.1.77", 1);

        fail("admin", "2001:db8:1:2::1", 3);
        assertWaits("admin", "2001:db8:1:2:ffff::9", 1);
        assertThatCode(() -> attempts.admit("admin", "2001:db8:1:3::1")).doesNotThrowAnyException();
    }

    @Test
    void trying_one_password_on_many_names_is_slowed_down_too() {
        for (int i = 0; i < 12; i++) {
            fail("user" + i, HERE, 1);
        }

        assertWaits("someone-else", HERE, 1);
    }

    @Test
    void a_name_tried_from_everywhere_is_slowed_down_but_never_shut_out() {
        for (int i = 0; i < 200; i++) {
            fail("admin", "10.0." + i + ".1", 1);
        }

        assertWaits("admin", "172.16.0.1", Attempts.SECONDS_FROM_EVERYWHERE);
    }

    @Test
    void success_forgets_the_failures_of_that_name_at_that_place() {
        fail("admin", HERE, 3);
        attempts.succeeded("admin", HERE);

        assertThatCode(() -> attempts.admit("admin", HERE)).doesNotThrowAnyException();
    }

    @Test
    void failures_are_forgotten_after_an_hour() {
        fail("admin", HERE, 15);
        clock.advance(Duration.ofMinutes(61));

        assertThatCode(() -> attempts.admit("admin", HERE)).doesNotThrowAnyException();
    }

    @Test
    void a_clock_that_is_set_back_does_not_stretch_the_wait() {
        fail("admin", HERE, 3);
        clock.advance(Duration.ofDays(-365));

        assertWaits("admin", HERE, 1);
    }

    @Test
    void the_number_of_counters_is_bounded() {
        for (int i = 0; i < 20_000; i++) {
            fail("user" + i, "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, 1);
        }

        assertThat(attempts.size()).isEqualTo(Attempts.MOST_COUNTERS);
    }

    private void fail(String name, String origin, int times) {
        for (int i = 0; i < times; i++) {
            attempts.failed(name, origin);
        }
    }

    private void assertWaits(String name, String origin, long seconds) {
        assertThatThrownBy(() -> attempts.admit(name, origin)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_MANY_ATTEMPTS);
            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(seconds + 1));
        });
    }
}
