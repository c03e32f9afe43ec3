package org.hearthwatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ForAllTest {

    @Test
    void a_property_that_holds_is_checked_for_every_case() {
        var checked = new AtomicInteger();

        ForAll.cases(50, random -> random.nextInt()).check(value -> checked.incrementAndGet());

        assertThat(checked.get()).isEqualTo(50);
    }

    @Test
    void a_failing_case_is_shrunk_and_its_seed_told() {
        var lists = ForAll.lists(500, 50, random -> random.nextInt(100));

        assertThatThrownBy(() -> lists.check(list -> assertThat(list).doesNotContain(7)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Fails for [7] (repeat with -Dhearthwatch.seed=");
    }
}
