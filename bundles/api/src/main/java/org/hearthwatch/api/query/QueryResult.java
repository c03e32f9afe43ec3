package org.hearthwatch.api.query;

import java.time.Duration;
import java.util.List;

/**
 * An answer.
 *
 * @param warnings what makes the answer doubtful, such as data that could not be read
 * @param infos what the asker may want to mend, such as {@code rate} of a metric that is no counter
 * @param samplesRead how many stored samples were looked at
 * @param stats what it cost
 * @param resolution of the coarsest tier that stood in for samples; zero where none did
 */
public record QueryResult(
        QueryValue value,
        List<String> warnings,
        List<String> infos,
        long samplesRead,
        QueryStats stats,
        Duration resolution) {

    public QueryResult {
        warnings = List.copyOf(warnings);
        infos = List.copyOf(infos);
    }

    /** An answer from samples as they came, of which no cost is known. */
    public QueryResult(QueryValue value, List<String> warnings, List<String> infos, long samplesRead) {
        this(value, warnings, infos, samplesRead, QueryStats.NONE, Duration.ZERO);
    }
}
