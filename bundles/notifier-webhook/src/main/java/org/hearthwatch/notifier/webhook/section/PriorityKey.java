package org.hearthwatch.notifier.webhook.section;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Priorities;

/** The key {@code priorities}: a mapping of severities, or pairs in one text. */
final class PriorityKey {

    private static final String KEY = "priorities";

    private PriorityKey() {}

    static Optional<Priorities> of(Entry entry) throws InvalidReceiverException {
        Optional<Object> value = entry.value(KEY);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (value.get() instanceof Map<?, ?> map) {
                var levels = new LinkedHashMap<String, String>();
                map.forEach((severity, level) -> levels.put(String.valueOf(severity), String.valueOf(level)));
                return Optional.of(new Priorities(levels));
            }
            return Optional.of(Priorities.parse(String.valueOf(value.get())));
        } catch (IllegalArgumentException e) {
            throw new InvalidReceiverException(
                    KEY,
                    "priorities takes critical=…, warning=…, other=…, resolved=…, the gravest first; "
                            + e.getMessage());
        }
    }

    static Priorities of(Entry entry, String otherwise) throws InvalidReceiverException {
        return of(entry).orElseGet(() -> Priorities.parse(otherwise));
    }
}
