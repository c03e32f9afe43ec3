package org.hearthwatch.collector.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameFilterTest {

    @Test
    void empty_patterns_let_everything_through() {
        assertThat(NameFilter.of("", "").accepts("sda")).isTrue();
    }

    @Test
    void a_pattern_is_found_anywhere_unless_it_is_anchored() {
        assertThat(NameFilter.of("", "da").accepts("sda1")).isFalse();
        assertThat(NameFilter.of("", "^da$").accepts("sda1")).isTrue();
    }

    @Test
    void what_both_patterns_find_is_not_reported() {
        assertThat(NameFilter.of("^eth", "0$").accepts("eth0")).isFalse();
        assertThat(NameFilter.of("^eth", "0$").accepts("eth1")).isTrue();
        assertThat(NameFilter.of("^eth", "0$").accepts("wlan1")).isFalse();
    }

    @Test
    void a_further_exclusion_keeps_the_first() {
        NameFilter filter = NameFilter.of("", "^lo$").andNot("^veth");

        assertThat(filter.accepts("lo")).isFalse();
        assertThat(filter.accepts("veth1")).isFalse();
        assertThat(filter.accepts("eth0")).isTrue();
    }
}
