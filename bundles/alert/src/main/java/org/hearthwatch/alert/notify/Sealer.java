package org.hearthwatch.alert.notify;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.hearthwatch.alert.delivery.Channel;
import org.hearthwatch.alert.delivery.Envelopes;
import org.hearthwatch.alert.held.Fingerprint;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.nflog.Message;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.NotifiedAlert;

/** Makes notifications: what is common to the alerts, their links, their texts. Thread-safe. */
public final class Sealer implements Envelopes {

    /** A digest may gather any number of groups; a message of more than this helps nobody. */
    private static final int MOST_IN_DIGEST = 200;

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile TemplateFiles templates = TemplateFiles.DEFAULT;
    private volatile String externalUrl = "";
    private volatile Links links = Links.NONE;

    public Sealer(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** From now on uses these. */
    void use(TemplateFiles files, String url, Links made) {
        templates = files;
        externalUrl = url;
        links = made;
    }

    @Override
    public Notification seal(Channel channel, List<Message> messages) {
        Message first = messages.get(0);
        boolean digest = messages.size() > 1;
        var alerts = new ArrayList<NotifiedAlert>();
        for (Message message : messages) {
            message.alerts().stream()
                    .filter(alert -> channel.sendResolved() || !alert.isResolved(message.at()))
                    .map(alert -> notified(alert, message.at()))
                    .forEach(alerts::add);
        }
        if (digest) {
            alerts.sort(Comparator.comparing(NotifiedAlert::resolved));
        }
        int most = channel.mostAlerts() > 0 ? channel.mostAlerts() : digest ? MOST_IN_DIGEST : Integer.MAX_VALUE;
        List<NotifiedAlert> shown = alerts.subList(0, Math.min(most, alerts.size()));
        // Alertmanager cuts a message short before it looks for what its alerts share.
        List<NotifiedAlert> sharing = digest ? alerts : shown;
        Labels commonLabels = common(sharing);
        Map<String, String> commonAnnotations = commonAnnotations(sharing);
        Labels groupLabels = digest ? Labels.EMPTY : first.groupLabels();
        var data = new TemplateData(
                first.receiver(),
                shown,
                digest
                        ? "digest of " + messages.size() + " groups"
                        : first.reason().words(),
                groupLabels,
                commonLabels,
                commonAnnotations,
                first.routeLabels(),
                externalUrl);
        String key = digest
                ? MessageKeys.digest(messages.stream().map(Message::key).collect(Collectors.joining()))
                : first.key();
        return new Notification(
                key,
                first.receiver(),
                digest ? "digest:" + channel.id() : first.groupKey(),
                groupLabels,
                commonLabels,
                commonAnnotations,
                shown,
                alerts.size() - shown.size(),
                externalUrl,
                new MessageTexts(data, templates, clock, nanoTime));
    }

    private NotifiedAlert notified(HeldAlert alert, Instant at) {
        boolean resolved = alert.isResolved(at);
        return new NotifiedAlert(
                resolved,
                alert.labels(),
                alert.annotations(),
                alert.startsAt(),
                resolved ? alert.endsAt() : Instant.EPOCH,
                alert.generatorUrl(),
                Fingerprint.text(alert.labels()),
                resolved ? Optional.empty() : links.acknowledge(alert.labels()),
                resolved ? Optional.empty() : links.silence(alert.labels()));
    }

    private static Labels common(List<NotifiedAlert> alerts) {
        if (alerts.isEmpty()) {
            return Labels.EMPTY;
        }
        Map<String, String> common = new TreeMap<>(alerts.get(0).labels().asMap());
        alerts.forEach(alert -> common.entrySet()
                .removeIf(entry -> !alert.labels().get(entry.getKey()).equals(entry.getValue())));
        return Labels.of(common);
    }

    private static Map<String, String> commonAnnotations(List<NotifiedAlert> alerts) {
        if (alerts.isEmpty()) {
            return Map.of();
        }
        Map<String, String> common = new LinkedHashMap<>(alerts.get(0).annotations());
        alerts.forEach(alert -> common.entrySet()
                .removeIf(entry -> !entry.getValue().equals(alert.annotations().get(entry.getKey()))));
        return common;
    }
}
