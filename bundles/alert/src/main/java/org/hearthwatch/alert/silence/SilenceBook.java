package org.hearthwatch.alert.silence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hearthwatch.alert.journal.Journal;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.alert.matching.LabelMatcher;
import org.hearthwatch.alert.matching.LabelMatchers;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.AlertingRefusal.Kind;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.alert.Silence.State;
import org.hearthwatch.api.alert.Silences;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.jspecify.annotations.Nullable;

/** Silences in a file. Expired ones are kept for five days, as in Alertmanager. Thread-safe. */
public final class SilenceBook implements Silences, AutoCloseable {

    private static final int MOST = 10_000;
    private static final int MOST_MATCHERS = 100;
    private static final int LONGEST_TEXT = 4_096;
    private static final Duration RETENTION = Duration.ofDays(5);
    private static final long COMPACT_FROM = 1L << 20;
    private static final Comparator<Silence> BY_END = Comparator.comparing(Silence::endsAt);

    private final InstantSource clock;
    private final Journal journal;
    private final Function<Labels, Set<String>> places;
    private final Map<String, Kept> silences = new LinkedHashMap<>();

    /**
     * A silence, ready to be held against labels.
     *
     * @param matchers of the alert's own labels
     * @param entities of the names of what the alert is about and stands on
     */
    private record Kept(Silence silence, LabelMatchers matchers, List<LabelMatcher> entities) {

        static Kept of(Silence silence) {
            boolean bound = silence.annotations().containsKey(Silence.ENTITY);
            Predicate<LabelMatcher> ofEntities =
                    matcher -> bound && matcher.matcher().label().equals(Silence.ENTITY);
            List<LabelMatcher> all =
                    silence.matchers().stream().map(LabelMatcher::of).toList();
            return new Kept(
                    silence,
                    new LabelMatchers(all.stream().filter(ofEntities.negate()).toList()),
                    all.stream().filter(ofEntities).toList());
        }

        boolean holdsFor(Labels labels, Function<Labels, Set<String>> places) {
            return matchers.matches(labels)
                    && (entities.isEmpty()
                            || entities.stream()
                                    .allMatch(matcher ->
                                            places.apply(labels).stream().anyMatch(matcher::matches)));
        }
    }

    private SilenceBook(Journal journal, InstantSource clock, Function<Labels, Set<String>> places) {
        this.places = places;
        this.journal = journal;
        this.clock = clock;
    }

    /** Opens the book of a house whose inventory is empty. */
    public static SilenceBook open(Path file, InstantSource clock) throws IOException {
        return open(file, clock, labels -> Set.of());
    }

    /** @param places names what an alert is about, and what that stands on */
    public static SilenceBook open(Path file, InstantSource clock, Function<Labels, Set<String>> places)
            throws IOException {
        var book = new SilenceBook(Journal.open(file), clock, places);
        for (String record : book.journal.found()) {
            Silence silence = SilenceJson.read(Json.parse(record), clock.instant());
            book.silences.put(silence.id(), Kept.of(silence));
        }
        book.compact();
        return book;
    }

    @Override
    public synchronized List<Silence> list() {
        Instant now = clock.instant();
        var sorted = new ArrayList<Silence>();
        for (State state : State.values()) {
            Comparator<Silence> order = switch (state) {
                case ACTIVE -> BY_END;
                case PENDING -> Comparator.comparing(Silence::startsAt);
                case EXPIRED -> BY_END.reversed();
            };
            silences.values().stream()
                    .map(Kept::silence)
                    .filter(silence -> silence.state(now) == state)
                    .sorted(order)
                    .forEach(sorted::add);
        }
        return sorted;
    }

    @Override
    public synchronized Optional<Silence> find(String id) {
        return Optional.ofNullable(silences.get(id)).map(Kept::silence);
    }

    /** The ids of the silences an alert falls under now. */
    public synchronized List<String> silencing(Labels labels) {
        Instant now = clock.instant();
        return silences.values().stream()
                .filter(kept -> kept.silence().state(now) == State.ACTIVE)
                .filter(kept -> kept.holdsFor(labels, places))
                .map(kept -> kept.silence().id())
                .toList();
    }

    @Override
    public synchronized String set(Silence wanted) throws AlertingRefusal {
        Instant now = clock.instant();
        check(wanted);
        Optional<Silence> before = find(wanted.id());
        if (!wanted.id().isEmpty() && before.isEmpty()) {
            throw new AlertingRefusal(Kind.NOT_FOUND, "silence not found");
        }
        if (before.isPresent() && canChange(before.get(), wanted, now)) {
            write(List.of(changed(wanted, wanted.id(), wanted.startsAt(), wanted.endsAt(), now)));
            return wanted.id();
        }
        if (!wanted.endsAt().isAfter(now)) {
            throw new AlertingRefusal(Kind.INVALID, "Failed to create silence: end time can't be in the past");
        }
        if (silences.size() >= MOST) {
            throw new AlertingRefusal(
                    Kind.INVALID, "exceeded maximum number of silences: " + silences.size() + " (limit: " + MOST + ")");
        }
        var changes = new ArrayList<Silence>();
        before.filter(old -> old.state(now) != State.EXPIRED).ifPresent(old -> changes.add(ended(old, now)));
        Instant starts = wanted.startsAt().isBefore(now) ? now : wanted.startsAt();
        String id = UUID.randomUUID().toString();
        changes.add(changed(wanted, id, starts, wanted.endsAt(), now));
        write(changes);
        return id;
    }

    private static Silence changed(Silence silence, String id, Instant starts, Instant ends, Instant now) {
        return new Silence(
                id,
                silence.matchers(),
                starts,
                ends,
                silence.createdBy(),
                silence.comment(),
                silence.annotations(),
                now,
                silence.window());
    }

    private static Silence ended(Silence silence, Instant now) {
        Instant starts = silence.startsAt().isAfter(now) ? now : silence.startsAt();
        return changed(silence, silence.id(), starts, now, now);
    }

    private static boolean canChange(Silence old, Silence wanted, Instant now) {
        if (!old.matchers().equals(wanted.matchers()) || !old.window().equals(wanted.window())) {
            return false;
        }
        if (!old.endsAt().isAfter(now)) {
            return false;
        }
        return old.startsAt().isAfter(now)
                ? !wanted.startsAt().isBefore(now)
                : old.startsAt().getEpochSecond() == wanted.startsAt().getEpochSecond()
                        && !wanted.endsAt().isBefore(now);
    }

    private static void check(Silence silence) throws AlertingRefusal {
        if (silence.matchers().isEmpty()) {
            throw invalid("at least one matcher required");
        }
        if (silence.matchers().size() > MOST_MATCHERS) {
            throw invalid("more than " + MOST_MATCHERS + " matchers");
        }
        boolean matchesAll = true;
        for (Matcher matcher : silence.matchers()) {
            if (matcher.label().isEmpty()) {
                throw invalid("invalid label name \"\"");
            }
            try {
                matchesAll &= LabelMatcher.of(matcher).matches("");
            } catch (IllegalArgumentException e) {
                throw invalid(e.getMessage());
            }
        }
        if (matchesAll) {
            throw invalid("at least one matcher must not match the empty string");
        }
        if (!silence.endsAt().isAfter(silence.startsAt())) {
            throw new AlertingRefusal(Kind.INVALID, "Failed to create silence: start time must be before end time");
        }
        if (silence.comment().length() > LONGEST_TEXT || silence.createdBy().length() > LONGEST_TEXT) {
            throw invalid("comment and createdBy take at most " + LONGEST_TEXT + " characters");
        }
    }

    private static AlertingRefusal invalid(@Nullable String why) {
        return new AlertingRefusal(Kind.INVALID, "invalid silence: " + why);
    }

    @Override
    public synchronized void expire(String id) throws AlertingRefusal {
        Silence silence =
                find(id).orElseThrow(() -> new AlertingRefusal(Kind.NOT_FOUND, "silence " + id + " not found"));
        Instant now = clock.instant();
        if (silence.endsAt().isAfter(now)) {
            write(List.of(ended(silence, now)));
        }
    }

    private void write(List<Silence> changes) throws AlertingRefusal {
        try {
            journal.append(changes.stream()
                    .map(silence -> Json.text(SilenceJson.write(silence)))
                    .toList());
            changes.forEach(silence -> silences.put(silence.id(), Kept.of(silence)));
            if (journal.size() > COMPACT_FROM) {
                compact();
            }
        } catch (IOException e) {
            throw new AlertingRefusal(
                    Kind.FAILED, "The silence could not be written, so it does not hold: " + e.getMessage());
        }
    }

    /** Forgets what expired long ago, and writes the file anew. */
    public synchronized void compact() throws IOException {
        Instant oldest = clock.instant().minus(RETENTION);
        silences.values().removeIf(kept -> kept.silence().endsAt().isBefore(oldest));
        journal.rewrite(silences.values().stream()
                .map(kept -> Json.text(SilenceJson.write(kept.silence())))
                .toList());
    }

    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }
}
