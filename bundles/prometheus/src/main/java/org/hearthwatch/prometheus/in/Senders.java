package org.hearthwatch.prometheus.in;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.metric.Labels;

/** Everyone who pushed since the start, the one that was longest silent forgotten first. Thread-safe. */
public final class Senders {

    /** The label that says whose token brought a sample. */
    private static final String SOURCE = "source";

    private static final int MOST = 2000;

    private final Map<String, Sender> byName = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sender> eldest) {
            return size() > MOST;
        }
    };

    /** The sender behind a request. */
    public Sender of(Optional<Principal> principal) {
        Optional<String> source = principal.flatMap(Principal::source);
        if (source.isPresent()) {
            return of("push/" + source.get(), Labels.of(SOURCE, source.get()));
        }
        String name = principal
                .map(who -> who.kind().name().toLowerCase(java.util.Locale.ROOT) + "/" + who.name())
                .orElse("local");
        return of(name, Labels.EMPTY);
    }

    synchronized Sender of(String name, Labels forced) {
        Sender known = byName.get(name);
        if (known == null || !known.forced().equals(forced)) {
            known = new Sender(name, forced);
            byName.put(name, known);
        }
        return known;
    }

    synchronized List<Sender> all() {
        return new ArrayList<>(byName.values());
    }
}
