package org.hearthwatch.shell;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.alert.SilenceWindow;
import org.hearthwatch.api.alert.Silences;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:silence-add}, {@code hw:maintenance-add}, {@code hw:silence-list} and {@code hw:silence-expire}. */
final class SilenceCommands {

    private static final String ID = "ID";
    private static final String FOR = "--for";
    private static final String FROM = "--from";
    private static final String UNTIL = "--until";
    private static final String WINDOW = "--window";
    private static final String COMMENT = "--comment";
    private static final String EXPIRED = "--expired";
    private static final String WINDOW_ALLOWED =
            "days and times such as mon-fri/22:00-06:00, sat,sun/00:00-24:00 or" + " daily/02:00-03:30";
    private static final Pattern WINDOW_FORM =
            Pattern.compile("(daily|[a-z]{3}(?:[,-][a-z]{3})*)/(\\d{2}:\\d{2})-(\\d{2}:\\d{2})");

    private final Services services;
    private final InstantSource clock;
    private final ZoneId zone;

    SilenceCommands(Services services, InstantSource clock, ZoneId zone) {
        this.services = services;
        this.clock = clock;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        Completion ids = () -> services.find(Silences.class).map(Silences::list).orElse(List.of()).stream()
                .filter(silence -> silence.state(clock.instant()) != Silence.State.EXPIRED)
                .map(silence -> new Suggestion(silence.id(), silence.comment()))
                .toList();
        return List.of(
                new ShellCommand(
                        timed(Syntax.of("silence-add", "Keeps alerts quiet for a time, or at times that come again")
                                .repeatedArgument(AlertingCall.MATCHERS, AlertingCall.MATCHERS_HELP, Completion.NONE)),
                        call -> add(call, AlertingCall.matchers(call), Map.of())),
                new ShellCommand(
                        timed(Syntax.of(
                                        "maintenance-add",
                                        "Keeps alerts about a thing, and all that stands on it, quiet for a time")
                                .argument(
                                        InventoryCommands.ENTITY,
                                        InventoryCommands.ENTITY_HELP,
                                        InventoryCommands.entities(services))),
                        this::maintain),
                new ShellCommand(
                        Syntax.of("silence-list", "Lists the silences, the active ones first")
                                .flag(EXPIRED, "Also those that are over")
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of("silence-expire", "Ends a silence now")
                                .argument(ID, "The silence, as in hw:silence-list", ids),
                        this::expire));
    }

    private static Syntax timed(Syntax syntax) {
        return syntax.option(FOR, "DURATION", "How long", Completion.of("1h", "4h", "1d", "7d"))
                .option(UNTIL, "TIME", "Until when, instead", Completion.NONE)
                .option(FROM, "TIME", "From when; now where not given", Completion.NONE)
                .option(
                        WINDOW,
                        "DAYS/TIMES",
                        "Only at times that come again, such as mon-fri/22:00-06:00",
                        Completion.of("daily/22:00-07:00", "sat,sun/00:00-24:00"))
                .option(COMMENT, "TEXT", "Why", Completion.NONE)
                .json()
                .details("TIME is " + Moments.ALLOWED + ". hw:silence-list shows it, hw:silence-expire ends it.");
    }

    private int maintain(Call call) throws CommandFailure, UsageException {
        String entity = InventoryCommands.entity(services, call).id().toString();
        return add(call, List.of(Matcher.equal(Silence.ENTITY, entity)), Map.of(Silence.ENTITY, entity));
    }

    private int add(Call call, List<Matcher> matchers, Map<String, String> annotations)
            throws CommandFailure, UsageException {
        Instant now = clock.instant();
        Optional<Duration> lasting = call.arguments().find(FOR, HumanDuration::parse);
        Optional<Instant> until = call.arguments().find(UNTIL, text -> Moments.parse(text, now));
        if (lasting.isPresent() == until.isPresent()) {
            throw new UsageException("say how long: " + FOR + " DURATION or " + UNTIL + " TIME");
        }
        Instant from =
                call.arguments().find(FROM, text -> Moments.parse(text, now)).orElse(now);
        Instant end = until.orElseGet(() -> from.plus(lasting.orElseThrow()));
        var silence = new Silence(
                "",
                matchers,
                from,
                end,
                call.user(),
                call.arguments().find(COMMENT).orElse(""),
                annotations,
                now,
                call.arguments().find(WINDOW, this::window));
        Silences silences = services.need(Silences.class, AlertingCall.ROUTING);
        String id = AlertingCall.run(() -> silences.set(silence));
        if (call.json()) {
            call.screen().line(Json.object(json -> json.field("id", id)));
        } else {
            call.screen().line(id);
            call.screen().foreign("Quiet until " + Moments.show(end, zone) + ": " + words(matchers));
        }
        return ShellCommand.OK;
    }

    private static String words(List<Matcher> matchers) {
        return matchers.stream().map(Matcher::toString).collect(Collectors.joining(", "));
    }

    private SilenceWindow window(String text) {
        var match = WINDOW_FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not " + WINDOW_ALLOWED);
        }
        try {
            return new SilenceWindow(days(match.group(1)), time(match.group(2)), time(match.group(3)), zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not " + WINDOW_ALLOWED, e);
        }
    }

    /** The day's end is the next one's beginning. */
    private static LocalTime time(String text) {
        return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    private static Set<DayOfWeek> days(String text) {
        if (text.equals("daily")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            DayOfWeek last = day(ends[ends.length - 1]);
            for (DayOfWeek day = day(ends[0]); ; day = day.plus(1)) {
                days.add(day);
                if (day == last) {
                    break;
                }
            }
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (text.length() >= 3 && day.name().toLowerCase(Locale.ROOT).startsWith(text)) {
                return day;
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no day of the week; there are mon, tue, wed, thu, fri," + " sat and sun");
    }

    private int list(Call call) throws CommandFailure {
        Instant now = clock.instant();
        List<Silence> silences = services.need(Silences.class, AlertingCall.ROUTING).list().stream()
                .filter(silence -> call.arguments().has(EXPIRED) || silence.state(now) != Silence.State.EXPIRED)
                .toList();
        if (call.json()) {
            call.screen().line(Json.array(silences, (json, silence) -> write(json, silence, now)));
            return ShellCommand.OK;
        }
        var table = new Table("ID", "STATE", "UNTIL", "MATCHERS", "WHEN", "BY", "COMMENT");
        silences.forEach(silence -> table.row(
                silence.id(),
                silence.state(now).word(),
                Moments.show(silence.endsAt(), zone),
                words(silence.matchers()),
                silence.window().map(SilenceCommands::shown).orElse(""),
                silence.createdBy(),
                silence.comment()));
        call.screen().table(table, "There is no silence. Make one: hw:silence-add ALERTNAME --for 2h");
        return ShellCommand.OK;
    }

    private static String shown(SilenceWindow window) {
        var days = new ArrayList<String>();
        window.days().stream()
                .sorted()
                .forEach(day -> days.add(day.name().substring(0, 3).toLowerCase(Locale.ROOT)));
        return String.join(",", days) + "/" + window.from() + "-" + window.to() + " " + window.zone();
    }

    private static void write(Json json, Silence silence, Instant now) {
        json.field("id", silence.id())
                .field("state", silence.state(now).word())
                .strings(
                        "matchers",
                        silence.matchers().stream().map(Matcher::toString).toList())
                .field("startsAt", silence.startsAt())
                .field("endsAt", silence.endsAt())
                .field("createdBy", silence.createdBy())
                .field("comment", silence.comment())
                .field("window", silence.window().map(SilenceCommands::shown));
    }

    private int expire(Call call) throws CommandFailure {
        String id = call.arguments().get(ID);
        Silences silences = services.need(Silences.class, AlertingCall.ROUTING);
        AlertingCall.run(() -> {
            silences.expire(id);
            return id;
        });
        call.screen().foreign("The silence " + id + " is over.");
        return ShellCommand.OK;
    }
}
