package org.hearthwatch.alert.notify;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.template.GoTime;
import org.hearthwatch.alert.template.Members;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.NotifiedAlert;

/** What templates speak of: Alertmanager's {@code Data}. */
record TemplateData(
        String receiver,
        List<NotifiedAlert> alerts,
        String reason,
        Labels groupLabels,
        Labels commonLabels,
        Map<String, String> commonAnnotations,
        Map<String, String> routeLabels,
        String externalUrl)
        implements Members {

    /** Go's zero time. */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    @Override
    public String typeName() {
        return "*template.Data";
    }

    @Override
    public Optional<Object> member(String name, List<Object> arguments) {
        return switch (name) {
            case "Receiver" -> Optional.of(Pattern.quote(receiver));
            case "Status" -> Optional.of(status(alerts.stream().allMatch(NotifiedAlert::resolved)));
            case "Alerts" -> Optional.of(new Alerts(alerts));
            case "NotificationReason" -> Optional.of(reason);
            case "GroupLabels" -> Optional.of(new KeyValues(groupLabels.asMap()));
            case "CommonLabels" -> Optional.of(new KeyValues(commonLabels.asMap()));
            case "CommonAnnotations" -> Optional.of(new KeyValues(commonAnnotations));
            case "RouteLabels" -> Optional.of(new KeyValues(routeLabels));
            case "ExternalURL" -> Optional.of(externalUrl);
            default -> Optional.empty();
        };
    }

    private static String status(boolean resolved) {
        return resolved ? "resolved" : "firing";
    }

    private static final class Alerts extends Sequence {

        private final List<NotifiedAlert> alerts;

        Alerts(List<NotifiedAlert> alerts) {
            super("template.Alerts", alerts.stream().map(Alert::new).toList());
            this.alerts = alerts;
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) {
            return switch (name) {
                case "Firing" -> Optional.of(only(false));
                case "Resolved" -> Optional.of(only(true));
                default -> Optional.empty();
            };
        }

        private Alerts only(boolean resolved) {
            return new Alerts(alerts.stream()
                    .filter(alert -> alert.resolved() == resolved)
                    .toList());
        }
    }

    private record Alert(NotifiedAlert alert) implements Members {

        @Override
        public String typeName() {
            return "template.Alert";
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) {
            return switch (name) {
                case "Status" -> Optional.of(status(alert.resolved()));
                case "Labels" -> Optional.of(new KeyValues(alert.labels().asMap()));
                case "Annotations" -> Optional.of(new KeyValues(alert.annotations()));
                case "StartsAt" -> Optional.of(GoTime.utc(alert.startsAt()));
                case "EndsAt" -> Optional.of(GoTime.utc(alert.resolved() ? alert.endsAt() : NEVER));
                case "GeneratorURL" -> Optional.of(alert.generatorUrl());
                case "Fingerprint" -> Optional.of(alert.fingerprint());
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return alert.labels().toString();
        }
    }
}
