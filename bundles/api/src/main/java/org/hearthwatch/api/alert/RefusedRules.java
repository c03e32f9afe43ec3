package org.hearthwatch.api.alert;

import java.time.Instant;
import java.util.List;

/**
 * A rule file that was refused; the version before it goes on where there was one.
 *
 * @param problems each with line and column, as {@code check rules} says them
 */
public record RefusedRules(String file, Instant since, List<String> problems) {

    public RefusedRules {
        problems = List.copyOf(problems);
    }
}
