package org.hearthwatch.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryValue;
import org.junit.jupiter.api.Test;

class OutgoingTest {

    private final AtomicLong held = new AtomicLong();
    private final Outgoing outgoing = new Outgoing(held);

    /** An answer of so many points. */
    private static QueryValue points(int count) {
        return new QueryValue.Matrix(
                List.of(new QueryValue.Series(Labels.of(Labels.NAME, "m"), new long[count], new double[count])));
    }

    @Test
    void answers_nobody_takes_leave_no_room_for_more() throws Exception {
        int third = (int) (Outgoing.MOST / 16 / 3) + 1;
        try (Outgoing.Place first = outgoing.place(points(third));
                Outgoing.Place second = outgoing.place(points(third))) {
            assertThat(first).isNotSameAs(second);

            var problem = catchThrowableOfType(ApiProblem.class, () -> outgoing.place(points(third)));

            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.type()).isEqualTo("unavailable");
            assertThat(problem.text()).contains("try again later");
        }
        outgoing.place(points(2 * third)).close();
        assertThat(held).hasValue(0);
    }

    @Test
    void a_small_answer_always_goes_and_a_large_one_if_it_is_alone() throws Exception {
        int most = (int) (Outgoing.MOST / 16) + 1;
        try (Outgoing.Place alone = outgoing.place(points(most))) {
            outgoing.place(points(100)).close();
            outgoing.place(new QueryValue.Scalar(0, 1)).close();
            assertThat(catchThrowableOfType(ApiProblem.class, () -> outgoing.place(points(10_000))))
                    .isNotNull();
            assertThat(alone).isNotNull();
        }
        outgoing.place(points(10_000)).close();
    }
}
