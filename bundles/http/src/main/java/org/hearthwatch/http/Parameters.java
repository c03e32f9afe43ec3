package org.hearthwatch.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.web.HttpProblem;

/** The query and form parameters of a request, by name, each in the order given. */
record Parameters(Map<String, List<String>> values) {

    /** More than anyone needs, and few enough to look at. */
    static final int MOST = 1000;

    /**
     * Parses {@code application/x-www-form-urlencoded} texts, one after the other.
     *
     * @throws HttpProblem 400 if one is malformed or there are too many parameters
     */
    static Parameters parse(List<String> texts) throws HttpProblem {
        Map<String, List<String>> values = new HashMap<>();
        int count = 0;
        for (String text : texts) {
            for (String pair : text.split("&", -1)) {
                if (pair.isEmpty()) {
                    continue;
                }
                if (++count > MOST) {
                    throw new HttpProblem(400, "There are more than " + MOST + " parameters.");
                }
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
            }
        }
        return new Parameters(values);
    }

    List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    private static String decode(String text) throws HttpProblem {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, "A parameter is not written as application/x-www-form-urlencoded.");
        }
    }
}
