package org.hearthwatch.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final long MINUTE = 60_000;
    private static final Chart HOUR = new Chart(0, 60 * MINUTE, MINUTE, ZoneOffset.UTC);

    @Test
    void draws_a_rising_line_between_labelled_axes() {
        List<String> lines = HOUR.draw(everyMinute(), values(i -> i), 40, 5);

        assertThat(lines)
                .containsExactly(
                        "60 ┤                             ⣀⣀⡠⠤⠒⠒⠉",
                        "   │                      ⣀⡠⠤⠔⠒⠉⠉",
                        "30 ┤              ⣀⣀⠤⠤⠔⠒⠉⠉",
                        "   │       ⣀⣀⠤⠔⠒⠊⠉",
                        " 0 ┤⣀⠤⠤⠒⠊⠉⠉",
                        "   └────────────────────────────────────",
                        "    00:00          00:30           01:00");
    }

    @Test
    void leaves_a_gap_where_points_are_missing() {
        long[] times = {0, MINUTE, 50 * MINUTE, 51 * MINUTE};

        List<String> lines = HOUR.draw(times, new double[] {1, 1, 1, 1}, 40, 1);

        assertThat(lines.get(0)).containsPattern("⠤?[⠀-⣿]+ {20,}[⠀-⣿]+");
    }

    @Test
    void a_flat_line_has_a_scale_around_it() {
        List<String> lines = HOUR.draw(everyMinute(), values(i -> 100), 60, 5);

        assertThat(lines.get(0)).startsWith("110 ┤");
        assertThat(lines.get(2)).startsWith("100 ┤⠤").endsWith("⠤");
        assertThat(lines.get(4)).startsWith(" 90 ┤");
    }

    @Test
    void the_value_axis_has_round_ends() {
        List<String> lines = HOUR.draw(everyMinute(), values(i -> 1013 + i / 10.0), 60, 5);

        assertThat(lines.get(0)).startsWith("1.02k ┤");
        assertThat(lines.get(4)).startsWith("1.01k ┤");
    }

    @Test
    void nothing_finite_draws_nothing() {
        assertThat(HOUR.draw(everyMinute(), values(i -> Double.NaN), 60, 5)).isEmpty();
    }

    @Test
    void no_line_is_wider_than_asked() {
        for (int width = 40; width < 200; width += 7) {
            int limit = width;
            assertThat(HOUR.draw(everyMinute(), values(i -> Math.sin(i) * 1e9), width, 8))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(limit));
        }
    }

    @Test
    void bars_show_the_course_in_one_line() {
        assertThat(HOUR.bars(everyMinute(), values(i -> i), 8)).isEqualTo("▁▂▃▄▅▆▇█");
        assertThat(HOUR.bars(everyMinute(), values(i -> 5), 4)).isEqualTo("▁▁▁▁");
        assertThat(HOUR.bars(new long[] {0, 60 * MINUTE}, new double[] {1, 2}, 4))
                .isEqualTo("▁  █");
    }

    private static long[] everyMinute() {
        return IntStream.rangeClosed(0, 60).mapToLong(i -> i * MINUTE).toArray();
    }

    private static double[] values(IntToDoubleFunction value) {
        return IntStream.rangeClosed(0, 60).mapToDouble(value).toArray();
    }
}
