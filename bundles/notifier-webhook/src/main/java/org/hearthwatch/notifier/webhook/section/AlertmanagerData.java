package org.hearthwatch.notifier.webhook.section;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.NotifiedAlert;

/** A notification as Alertmanager's webhook tells it: version 4 of its payload, in its order of fields. */
final class AlertmanagerData {

    /** What Go shows for a moment that is none. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private AlertmanagerData() {}

    /** @param maxAlerts how many alerts to tell; 0 for all */
    static Map<String, Object> of(Notification notification, long maxAlerts) {
        List<NotifiedAlert> alerts = notification.alerts();
        boolean cuts = maxAlerts > 0 && alerts.size() > maxAlerts;
        List<NotifiedAlert> told = cuts ? alerts.subList(0, (int) maxAlerts) : alerts;
        var data = new LinkedHashMap<String, Object>();
        data.put("receiver", notification.receiver());
        data.put("status", status(told.stream().allMatch(NotifiedAlert::resolved)));
        data.put("alerts", told.stream().map(AlertmanagerData::alert).toList());
        data.put("groupLabels", sorted(notification.groupLabels().asMap()));
        // What is common is common to those that are told.
        data.put(
                "commonLabels",
                cuts
                        ? common(told, alert -> alert.labels().asMap())
                        : sorted(notification.commonLabels().asMap()));
        data.put(
                "commonAnnotations",
                cuts ? common(told, NotifiedAlert::annotations) : sorted(notification.commonAnnotations()));
        data.put("externalURL", notification.externalUrl());
        data.put("version", "4");
        data.put("groupKey", notification.groupKey());
        data.put("truncatedAlerts", notification.truncatedAlerts() + alerts.size() - told.size());
        return data;
    }

    private static Map<String, Object> alert(NotifiedAlert alert) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("status", status(alert.resolved()));
        fields.put("labels", sorted(alert.labels().asMap()));
        fields.put("annotations", sorted(alert.annotations()));
        fields.put("startsAt", moment(alert.startsAt()));
        fields.put("endsAt", moment(alert.endsAt()));
        fields.put("generatorURL", alert.generatorUrl());
        fields.put("fingerprint", alert.fingerprint());
        return fields;
    }

    private static String status(boolean resolved) {
        return resolved ? "resolved" : "firing";
    }

    /** RFC 3339 as Go writes it: no more digits of a second than there are. */
    private static String moment(Instant moment) {
        if (moment.equals(Instant.EPOCH)) {
            return NEVER;
        }
        int nanos = moment.get(ChronoField.NANO_OF_SECOND);
        String fraction = nanos == 0 ? "" : "." + String.format("%09d", nanos).replaceAll("0+$", "");
        return SECONDS.format(moment) + fraction + "Z";
    }

    private static Map<String, String> sorted(Map<String, String> texts) {
        return new TreeMap<>(texts);
    }

    private static Map<String, String> common(
            List<NotifiedAlert> alerts, Function<NotifiedAlert, Map<String, String>> texts) {
        var common = new TreeMap<>(texts.apply(alerts.get(0)));
        for (NotifiedAlert alert : alerts) {
            Map<String, String> those = texts.apply(alert);
            common.entrySet().removeIf(text -> !Objects.equals(text.getValue(), those.get(text.getKey())));
        }
        return common;
    }
}
