package org.hearthwatch.alert.api;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hearthwatch.alert.config.ReceiverConfig;
import org.hearthwatch.alert.notify.Plan;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.web.Exchange;

/** Which alerts an asker wants to see. */
record AlertFilter(
        Filters labels,
        Optional<Pattern> receiver,
        Filters receiverLabels,
        Map<String, ReceiverConfig> receivers,
        boolean active,
        boolean silenced,
        boolean inhibited) {

    /** @throws IllegalArgumentException in Alertmanager's words */
    static AlertFilter of(Exchange exchange, Plan plan) {
        return new AlertFilter(
                Filters.of(exchange.parameters("filter")),
                exchange.parameter("receiver").map(AlertFilter::pattern),
                Filters.of(exchange.parameters("receiver_matchers")),
                plan.config().receivers().stream()
                        .collect(Collectors.toMap(ReceiverConfig::name, Function.identity(), (one, other) -> one)),
                flag(exchange, "active"),
                flag(exchange, "silenced"),
                flag(exchange, "inhibited"));
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("failed to parse receiver param: " + e.getMessage(), e);
        }
    }

    /** A switch that is on unless it is switched off. */
    static boolean flag(Exchange exchange, String name) {
        return !exchange.parameter(name).map(value -> value.equals("false")).orElse(false);
    }

    boolean matches(DeskAlert alert) {
        return matchesAlert(alert) && alert.receivers().stream().anyMatch(this::matchesReceiver);
    }

    boolean matchesAlert(DeskAlert alert) {
        boolean free = alert.silencedBy().isEmpty() && alert.inhibitedBy().isEmpty();
        return labels.matches(alert.labels().asMap())
                && (active || !free)
                && (silenced || alert.silencedBy().isEmpty())
                && (inhibited || alert.inhibitedBy().isEmpty());
    }

    boolean matchesReceiver(String name) {
        if (receiver.isPresent() && !receiver.get().matches(name)) {
            return false;
        }
        List<ReceiverConfig> known =
                Optional.ofNullable(receivers.get(name)).stream().toList();
        return receiverLabels.matchers().isEmpty()
                || known.stream().anyMatch(config -> receiverLabels.matches(config.labels()));
    }
}
