package org.hearthwatch.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivalRateTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final ArrivalRate rate = new ArrivalRate(10, nanos::get);

    @Test
    void many_may_come_at_once_and_then_as_many_as_the_rate_says() throws Exception {
        assertThat(admitted(address(1), 100)).isEqualTo(30);

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(admitted(address(1), 100)).isEqualTo(20);
    }

    @Test
    void one_address_costs_another_nothing() throws Exception {
        admitted(address(1), 100);

        assertThat(admitted(address(2), 100)).isEqualTo(30);
    }

    @Test
    void those_turned_away_do_not_push_the_moment_further_away() throws Exception {
        admitted(address(1), 1000);
        nanos.addAndGet(Duration.ofMillis(100).toNanos());

        assertThat(rate.admits(address(1))).isTrue();
    }

    @Test
    void a_flood_of_addresses_is_not_remembered_for_ever() throws Exception {
        admitted(address(0), 100);
        for (int i = 1; i <= 5000; i++) {
            rate.admits(address(i));
        }
        assertThat(admitted(address(0), 100)).as("forgotten").isEqualTo(30);
    }

    private int admitted(InetAddress from, int times) {
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += rate.admits(from) ? 1 : 0;
        }
        return admitted;
    }

    private static InetAddress address(int number) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
    }
}
