package org.hearthwatch.store.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class ByLabelsTest {

    private final SeriesRoom room = new SeriesRoom(16);

    @Test
    void finds_what_was_put_in_and_not_taken_out_whatever_the_order() {
        ForAll.lists(100, 4000, random -> random.nextInt(3000)).check(numbers -> {
            var table = new ByLabels();
            Map<Labels, Series> expected = new HashMap<>();
            for (int number : numbers) {
                Labels labels = labels(number / 2);
                Series known = expected.get(labels);
                assertThat(table.get(labels)).isSameAs(known);
                if (known == null) {
                    var series = new Series(number, labels, room);
                    table.add(series);
                    expected.put(labels, series);
                } else if (number % 2 == 0) {
                    assertThat(table.remove(known)).isTrue();
                    assertThat(table.remove(known)).isFalse();
                    expected.remove(labels);
                }
                assertThat(table.size()).isEqualTo(expected.size());
            }
            expected.forEach((labels, series) -> assertThat(table.get(labels)).isSameAs(series));
        });
    }

    @Test
    void a_reader_finds_what_stays_while_others_come_and_go() throws Exception {
        var table = new ByLabels();
        var staying = new ArrayList<Series>();
        for (int i = 0; i < 500; i++) {
            var series = new Series(i, labels(i), room);
            table.add(series);
            staying.add(series);
        }
        var failure = new AtomicReference<Throwable>();
        var reader = new Thread(() -> {
            try {
                for (int turn = 0; turn < 200; turn++) {
                    for (Series series : staying) {
                        assertThat(table.get(series.labels())).isSameAs(series);
                    }
                    Series passing = table.get(labels(1000 + turn));
                    assertThat(passing == null ? labels(1000 + turn) : passing.labels())
                            .isEqualTo(labels(1000 + turn));
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        reader.start();

        while (reader.isAlive()) {
            for (int i = 1000; i < 1200; i++) {
                var series = new Series(i, labels(i), room);
                table.add(series);
                table.remove(series);
            }
        }
        reader.join();

        assertThat(failure.get()).isNull();
    }

    private static Labels labels(int number) {
        return Labels.of("__name__", "m", "number", Integer.toString(number));
    }
}
