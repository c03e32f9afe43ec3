package org.hearthwatch.alert.config;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hearthwatch.alert.timeinterval.Span;
import org.hearthwatch.alert.timeinterval.SpanText;
import org.hearthwatch.alert.timeinterval.TimeInterval;
import org.hearthwatch.alert.yaml.YamlReader;
import org.hearthwatch.alert.yaml.YamlValue;

/** Reads times that come again. */
record IntervalReader(YamlReader yaml) {

    private static final Set<String> FIELDS =
            Set.of("times", "weekdays", "days_of_month", "months", "years", "location");
    private static final Span NEVER = new Span(1, 0);

    TimeInterval read(YamlValue value) {
        Map<String, YamlValue> fields = yaml.fields(value, "timeinterval.TimeInterval", FIELDS);
        List<Span> times = yaml.list(ConfigReader.field(fields, "times"), "timeinterval.TimeRange", this::times);
        Optional<ZoneId> zone = yaml.parsed(ConfigReader.field(fields, "location"), SpanText::zone);
        return new TimeInterval(
                times,
                spans(fields, "weekdays", SpanText::weekdays),
                spans(fields, "days_of_month", SpanText::daysOfMonth),
                spans(fields, "months", SpanText::months),
                spans(fields, "years", SpanText::years),
                zone.orElse(ZoneOffset.UTC));
    }

    private List<Span> spans(Map<String, YamlValue> fields, String field, Function<String, Span> parser) {
        return yaml.list(
                ConfigReader.field(fields, field),
                "string",
                value -> yaml.parsed(Optional.of(value), parser).orElse(NEVER));
    }

    private Span times(YamlValue value) {
        Map<String, YamlValue> fields =
                yaml.fields(value, "timeinterval.yamlTimeRange", Set.of("start_time", "end_time"));
        try {
            return SpanText.times(
                    yaml.text(ConfigReader.field(fields, "start_time")),
                    yaml.text(ConfigReader.field(fields, "end_time")));
        } catch (IllegalArgumentException e) {
            yaml.refuse(value, String.valueOf(e.getMessage()));
            return NEVER;
        }
    }
}
