package org.hearthwatch.transport.profile;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hearthwatch.api.security.Promise;
import org.hearthwatch.api.security.Promise.State;
import org.hearthwatch.api.security.PromiseBook;
import org.hearthwatch.api.security.Promises;
import org.hearthwatch.transport.profile.PromiseRows.Row;

/**
 * The appliance's promises, each held by certain bundles: ON while they run, DEGRADED while some of them do, OFF without.
 * Where more is to be said than who is there, an {@link Answer} says it.
 */
public final class PromiseTable implements PromiseBook {

    private final Predicate<String> runs;
    private final Map<String, Supplier<Answer>> closer;
    private final Supplier<Collection<Promises>> others;

    /** How a promise stands, from somebody who has looked closer. */
    public record Answer(State state, String why) {}

    /**
     * @param runs whether a bundle is active, by its symbolic name without {@code org.hearthwatch.}
     * @param closer by promise, what is to be said once its bundles are there
     * @param others who else answers, and is heard first
     */
    public PromiseTable(
            Predicate<String> runs, Map<String, Supplier<Answer>> closer, Supplier<Collection<Promises>> others) {
        this.runs = runs;
        this.closer = Map.copyOf(closer);
        this.others = others;
    }

    @Override
    public List<Promise> all() {
        Map<String, Promise> promises = new LinkedHashMap<>();
        for (Row row : PromiseRows.ALL) {
            Answer answer = answer(row);
            promises.put(row.id(), new Promise(row.id(), row.title(), answer.state(), answer.why(), row.proof()));
        }
        for (Promises other : others.get()) {
            other.promises().forEach(promise -> promises.put(promise.id(), promise));
        }
        return List.copyOf(promises.values());
    }

    private Answer answer(Row row) {
        Optional<String> missing = missing(row.needs());
        if (missing.isPresent()) {
            boolean some = row.needs().stream().anyMatch(runs);
            return new Answer(some ? State.DEGRADED : State.OFF, missing.get());
        }
        Answer closest = Optional.ofNullable(closer.get(row.id()))
                .map(Supplier::get)
                .orElseGet(() -> new Answer(State.ON, "running: " + String.join(", ", row.needs())));
        Optional<String> lacking = missing(row.better());
        if (closest.state() == State.ON && lacking.isPresent()) {
            return new Answer(State.DEGRADED, lacking.get());
        }
        return closest.state() == State.ON && !row.lacks().isEmpty()
                ? new Answer(State.DEGRADED, closest.why() + "; not in this version: " + row.lacks())
                : closest;
    }

    private Optional<String> missing(List<String> bundles) {
        List<String> absent = bundles.stream().filter(runs.negate()).toList();
        return absent.isEmpty() ? Optional.empty() : Optional.of("not running: " + String.join(", ", absent));
    }
}
