package org.hearthwatch.shell;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;

/** {@code hw:store-delete}. */
final class StoreDeleteCommand {

    private static final String MATCHER = "MATCHER";
    private static final String FROM = "--from";
    private static final String TO = "--to";
    private static final String YES = "--yes";
    private static final String RECLAIM = "--reclaim";
    private static final int SHOWN = 20;

    private final Services services;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Completion metrics;

    StoreDeleteCommand(Services services, InstantSource clock, ZoneId zone, Completion metrics) {
        this.services = services;
        this.clock = clock;
        this.zone = zone;
        this.metrics = metrics;
    }

    ShellCommand command() {
        return new ShellCommand(
                Syntax.of("store-delete", "Deletes the samples of the series that match all conditions, for good")
                        .repeatedArgument(MATCHER, "A condition: " + MatcherWord.ALLOWED, metrics)
                        .option(FROM, "TIME", "Only from this time on", Completion.of("-1h", "-1d"))
                        .option(TO, "TIME", "Only up to this time", Completion.of("now", "-1h"))
                        .flag(YES, "Deletes; without it the series are only shown")
                        .flag(RECLAIM, "Gives the disk space back at once, rather than when it comes cheaply")
                        .json()
                        .details("TIME is " + Moments.ALLOWED + "; both ends are included.\n"
                                + "Patterns are those of PromQL: they must match the whole value."),
                this::run);
    }

    /** What is to go. */
    private record Wish(List<Matcher> matchers, Optional<Instant> from, Optional<Instant> to) {

        long begin() {
            return from.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        }

        long end() {
            return to.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        }
    }

    private int run(Call call) throws CommandFailure, UsageException, InterruptedException {
        Wish wish = wish(call);
        try {
            if (call.arguments().has(YES)) {
                delete(call, wish);
            } else {
                preview(call, wish);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(MATCHER + ": " + e.getMessage());
        }
        return ShellCommand.OK;
    }

    private Wish wish(Call call) throws UsageException {
        Instant now = clock.instant();
        var matchers = new ArrayList<Matcher>();
        for (String word : call.arguments().all(MATCHER)) {
            try {
                matchers.add(MatcherWord.parse(word));
            } catch (IllegalArgumentException e) {
                throw new UsageException(MATCHER + ": " + e.getMessage());
            }
        }
        var wish = new Wish(
                matchers,
                call.arguments().find(FROM, text -> Moments.parse(text, now)),
                call.arguments().find(TO, text -> Moments.parse(text, now)));
        if (wish.begin() > wish.end()) {
            throw new UsageException("the time ends before it begins");
        }
        return wish;
    }

    private void preview(Call call, Wish wish) throws CommandFailure {
        SeriesReader reader = services.need(SeriesReader.class, StoreCommands.STORE);
        var names = new ArrayList<String>();
        int series;
        try (Selection selection = reader.select(wish.matchers(), wish.begin(), wish.end())) {
            series = selection.size();
            for (int i = 0; i < series; i++) {
                names.add(selection.labels(i).toString());
            }
        }
        names.sort(null);
        if (call.json()) {
            call.screen()
                    .line(Json.object(json ->
                            json.field("deleted", false).field("series", series).strings("names", names)));
            return;
        }
        if (series == 0) {
            call.screen().line("No series with samples there matches: nothing would be deleted.");
            return;
        }
        names.stream().limit(SHOWN).forEach(call.screen()::foreign);
        if (series > SHOWN) {
            call.screen().line("... and " + (series - SHOWN) + " more");
        }
        call.screen().line("");
        call.screen()
                .line("Samples of " + counted(series) + span(wish)
                        + " would be deleted for good. To do it, say the same with " + YES + ".");
    }

    private void delete(Call call, Wish wish) throws CommandFailure, InterruptedException {
        StoreAdmin store = services.need(StoreAdmin.class, StoreCommands.STORE);
        int series;
        try {
            series = store.delete(wish.matchers(), wish.begin(), wish.end());
        } catch (StoreUnavailableException e) {
            throw new CommandFailure("Nothing was deleted: " + e.getMessage());
        }
        if (call.arguments().has(RECLAIM)) {
            try {
                store.compactDeleted(StoreCommands.progress(call));
            } catch (IOException e) {
                throw new CommandFailure("The samples of " + counted(series)
                        + " are deleted, but their disk space could not be given back: " + e.getMessage());
            }
        }
        if (call.json()) {
            call.screen().line(Json.object(json -> json.field("deleted", true).field("series", series)));
            return;
        }
        String what = wish.matchers().stream().map(Matcher::toString).collect(Collectors.joining(", "));
        call.screen()
                .foreign(
                        series == 0
                                ? "No series with samples there matches " + what + ": nothing was deleted."
                                : "Deleted the samples of " + counted(series) + span(wish) + ".");
    }

    private static String counted(int series) {
        return series == 1 ? "1 series" : series + " series";
    }

    private String span(Wish wish) {
        return wish.from().map(from -> " from " + Moments.show(from, zone)).orElse("")
                + wish.to().map(to -> " up to " + Moments.show(to, zone)).orElse("");
    }
}
