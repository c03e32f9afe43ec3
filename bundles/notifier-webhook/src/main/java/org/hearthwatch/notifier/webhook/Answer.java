package org.hearthwatch.notifier.webhook;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came back.
 *
 * @param headers the first value of each
 * @param body the beginning of it, as UTF-8
 */
public record Answer(int status, Map<String, String> headers, String body) {

    public Answer {
        var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public boolean isGood() {
        return status / 100 == 2;
    }
}
