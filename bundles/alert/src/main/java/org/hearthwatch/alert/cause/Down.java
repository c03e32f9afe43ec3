package org.hearthwatch.alert.cause;

import java.util.Map;
import org.hearthwatch.api.metric.Labels;

/**
 * Whether an alert says that what it is about is down. Its annotation {@code cause} decides: {@code down}, or anything else
 * for not. Without one an alert of severity {@code critical} does.
 */
final class Down {

    private static final String ANNOTATION = "cause";

    private Down() {}

    static boolean isSaidBy(Labels labels, Map<String, String> annotations) {
        String said = annotations.get(ANNOTATION);
        return said == null ? labels.get("severity").equals("critical") : said.equals("down");
    }
}
