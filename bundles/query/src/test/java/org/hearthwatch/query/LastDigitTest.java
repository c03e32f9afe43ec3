package org.hearthwatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.testkit.MemorySeries;
import org.junit.jupiter.api.Test;

class LastDigitTest {

    private final PromQlEngine engine = new PromQlEngine(
            new MemorySeries(),
            new Dialect(Duration.ofMinutes(5), Duration.ofMinutes(1), Set.of()),
            new Limits(Duration.ofMinutes(2), 20, 50_000_000, 1L << 30),
            new QueryStatistics(),
            System::nanoTime);

    @Test
    void functions_of_numbers_are_those_of_prometheus_to_the_last_digit() throws Exception {
        var differences = new ArrayList<String>();
        for (String line :
                recorded().lines().filter(text -> !text.startsWith("#")).toList()) {
            int blank = line.lastIndexOf(' ');
            double expected = Double.parseDouble(line.substring(blank + 1).replace("Inf", "Infinity"));
            double found = value(line.substring(0, blank));
            if (Double.compare(found, expected) != 0) {
                differences.add(line + ", not " + found);
            }
        }
        assertThat(differences).isEmpty();
    }

    private double value(String expression) throws Exception {
        var vector =
                (QueryValue.Vector) engine.instant(expression, Instant.EPOCH).value();
        return vector.samples().get(0).value();
    }

    private static String recorded() throws Exception {
        try (InputStream in = LastDigitTest.class.getResourceAsStream("/last-digit.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
