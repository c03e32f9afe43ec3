package org.hearthwatch.tools;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.query.Dialect;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.PromQlEngine;
import org.hearthwatch.query.QueryStatistics;
import org.hearthwatch.query.syntax.Feature;

/** Query engines for tools: nobody else is there, so they may take what the process has. */
final class Engines {

    private static final long MOST_SAMPLES = 50_000_000;

    private Engines() {}

    /**
     * An engine over a store.
     *
     * @param flags values of {@code --enable-feature}, each with names separated by commas
     */
    static QueryEngine over(SeriesReader reader, Duration subqueryStep, List<String> flags) {
        long memory = Runtime.getRuntime().maxMemory() / 2;
        return new PromQlEngine(
                reader,
                new Dialect(Dialect.DEFAULT.lookback(), subqueryStep, features(flags)),
                new Limits(Duration.ofHours(1), 1, MOST_SAMPLES, memory),
                new QueryStatistics(),
                System::nanoTime);
    }

    /** The features of the language; names of other features are passed over, as promtool does. */
    static Set<Feature> features(List<String> flags) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        names(flags).forEach(name -> Feature.ofFlag(name).ifPresent(features::add));
        return features;
    }

    /** Says which names are no feature's. */
    static void warnOfUnknown(List<String> flags, Output output) {
        names(flags)
                .filter(name -> !name.isEmpty() && Feature.ofFlag(name).isEmpty())
                .forEach(
                        name -> output.out().println("  WARNING: Unknown feature passed to --enable-feature: " + name));
    }

    private static Stream<String> names(List<String> flags) {
        return flags.stream().flatMap(list -> Arrays.stream(list.split(","))).map(String::strip);
    }
}
