package org.hearthwatch.api.query;

import java.util.List;

/**
 * An answer.
 *
 * @param warnings what makes the answer doubtful, such as data that could not be read
 * @param infos what the asker may want to mend, such as {@code rate} of a metric that is no counter
 * @param samplesRead how many stored samples were looked at
 */
public record QueryResult(QueryValue value, List<String> warnings, List<String> infos, long samplesRead) {

    public QueryResult {
        warnings = List.copyOf(warnings);
        infos = List.copyOf(infos);
    }
}
