package org.hearthwatch.alert.silence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.alert.SilenceWindow;
import org.hearthwatch.api.store.Matcher;

/** Silences as Alertmanager's API writes them; a window that comes again stands in a field of its own. */
public final class SilenceJson {

    private SilenceJson() {}

    /** All fields but the state, which depends on the moment. */
    public static ObjectNode write(Silence silence) {
        ObjectNode node = Json.object();
        node.put("id", silence.id());
        node.put("updatedAt", Json.moment(silence.updatedAt()));
        ArrayNode matchers = node.putArray("matchers");
        for (Matcher matcher : silence.matchers()) {
            Matcher.Kind kind = matcher.kind();
            matchers.addObject()
                    .put("name", matcher.label())
                    .put("value", matcher.value())
                    .put("isRegex", kind == Matcher.Kind.MATCHES || kind == Matcher.Kind.NOT_MATCHES)
                    .put("isEqual", kind == Matcher.Kind.EQUAL || kind == Matcher.Kind.MATCHES);
        }
        node.put("startsAt", Json.moment(silence.startsAt()));
        node.put("endsAt", Json.moment(silence.endsAt()));
        node.put("createdBy", silence.createdBy());
        node.put("comment", silence.comment());
        node.set("annotations", Json.texts(silence.annotations()));
        silence.window().ifPresent(window -> {
            ObjectNode times = node.putObject("window");
            ArrayNode days = times.putArray("days");
            window.days().stream().sorted().forEach(day -> days.add(day.name().toLowerCase(Locale.ROOT)));
            times.put("from", window.from().toString());
            times.put("to", window.to().toString());
            times.put("zone", window.zone().getId());
        });
        return node;
    }

    /**
     * A silence as somebody wants it; what is missing is empty, a start that is missing is now.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Silence read(JsonNode node, Instant now) {
        List<Matcher> matchers = new ArrayList<>();
        for (JsonNode matcher : node.path("matchers")) {
            boolean equal = matcher.path("isEqual").asBoolean(true);
            boolean pattern = matcher.path("isRegex").asBoolean(false);
            Matcher.Kind kind = pattern
                    ? equal ? Matcher.Kind.MATCHES : Matcher.Kind.NOT_MATCHES
                    : equal ? Matcher.Kind.EQUAL : Matcher.Kind.NOT_EQUAL;
            matchers.add(new Matcher(
                    matcher.path("name").asText(), kind, matcher.path("value").asText()));
        }
        return new Silence(
                node.path("id").asText(),
                matchers,
                moment(node, "startsAt", now),
                moment(node, "endsAt", now),
                node.path("createdBy").asText(),
                node.path("comment").asText(),
                Json.texts(node.path("annotations")),
                moment(node, "updatedAt", now),
                window(node.path("window")));
    }

    private static Instant moment(JsonNode node, String field, Instant otherwise) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(value.asText()).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(field + " is not a time in RFC 3339: " + value.asText(), e);
        }
    }

    private static Optional<SilenceWindow> window(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        try {
            node.path("days")
                    .forEach(day -> days.add(DayOfWeek.valueOf(day.asText().toUpperCase(Locale.ROOT))));
            return Optional.of(new SilenceWindow(
                    days,
                    LocalTime.parse(node.path("from").asText()),
                    LocalTime.parse(node.path("to").asText()),
                    ZoneId.of(node.path("zone").asText("UTC"))));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("window: " + e.getMessage(), e);
        }
    }
}
