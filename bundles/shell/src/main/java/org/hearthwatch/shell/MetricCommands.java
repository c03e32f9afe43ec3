package org.hearthwatch.shell;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Table;

/** {@code hw:metric-list}. */
final class MetricCommands {

    /** As far back as PromQL looks for a series' newest sample. */
    private static final Duration LOOKBACK = Duration.ofMinutes(5);

    private static final String PATTERN = "PATTERN";
    private static final List<String> PARTS = List.of("_bucket", "_sum", "_count");

    private final Services services;
    private final InstantSource clock;

    MetricCommands(Services services, InstantSource clock) {
        this.services = services;
        this.clock = clock;
    }

    /** A metric family and how many of its series live. */
    private record Family(MetricMetadata metadata, int series) {}

    List<ShellCommand> all() {
        return List.of(new ShellCommand(
                Syntax.of("metric-list", "Lists the metrics with a sample in the last five minutes")
                        .optionalArgument(PATTERN, "A part of the name, or a whole one with * for any text", names())
                        .json(),
                this::list));
    }

    /** The names of the metrics there are, for the tab key. */
    Completion names() {
        return () -> services.find(SeriesReader.class).map(SeriesReader::metadata).orElse(List.of()).stream()
                .map(family -> new Suggestion(family.name(), family.help()))
                .toList();
    }

    private int list(Call call) throws CommandFailure {
        SeriesReader store = services.need(SeriesReader.class, "the store");
        Predicate<String> wanted =
                call.arguments().find(PATTERN).map(MetricCommands::matching).orElse(name -> true);
        List<Family> families = families(store).values().stream()
                .filter(family -> wanted.test(family.metadata().name()))
                .toList();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            families,
                            (json, family) -> json.field(
                                            "name", family.metadata().name())
                                    .field("type", family.metadata().type().word())
                                    .field("unit", family.metadata().unit())
                                    .field("series", family.series())
                                    .field("help", family.metadata().help())));
            return ShellCommand.OK;
        }
        var table = new Table("METRIC", "TYPE", "SERIES>", "HELP");
        families.forEach(family -> table.row(
                family.metadata().name(),
                family.metadata().type().word(),
                Integer.toString(family.series()),
                family.metadata().help()));
        call.screen()
                .table(
                        table,
                        call.arguments().find(PATTERN).isPresent()
                                ? "No metric matches. Without a pattern all are listed."
                                : "Nothing has been measured in the last five minutes. See hw:collector-list.");
        return ShellCommand.OK;
    }

    private Map<String, Family> families(SeriesReader store) {
        Map<String, MetricMetadata> known = new HashMap<>();
        store.metadata().forEach(family -> known.put(family.name(), family));
        Map<String, Family> families = new TreeMap<>();
        for (Sample sample :
                store.latest(List.of(), clock.instant().minus(LOOKBACK).toEpochMilli())) {
            String name = familyOf(sample.labels().metricName(), known);
            var metadata = known.getOrDefault(name, new MetricMetadata(name, MetricType.UNKNOWN, "", ""));
            families.merge(name, new Family(metadata, 1), (a, b) -> new Family(metadata, a.series() + b.series()));
        }
        return families;
    }

    /** A histogram's and a summary's series carry the family's name with an ending. */
    private static String familyOf(String name, Map<String, MetricMetadata> known) {
        if (!known.containsKey(name)) {
            for (String part : PARTS) {
                if (name.endsWith(part)) {
                    String family = name.substring(0, name.length() - part.length());
                    if (known.containsKey(family)) {
                        return family;
                    }
                }
            }
        }
        return name;
    }

    private static Predicate<String> matching(String pattern) {
        if (!pattern.contains("*")) {
            String part = pattern.toLowerCase(Locale.ROOT);
            return name -> name.toLowerCase(Locale.ROOT).contains(part);
        }
        String regex = "\\Q" + pattern.replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E";
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).asMatchPredicate();
    }
}
