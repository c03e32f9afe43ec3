package org.hearthwatch.alert.notify;

import java.time.Duration;
import java.util.Optional;
import org.hearthwatch.alert.delivery.CourierSettings;

/**
 * What goes beyond Alertmanager.
 *
 * @param externalUrl under which people reach the console, without a slash at the end; may be empty
 * @param repeatUntilAcknowledged how often an alert is told again that nobody looks after, if that is shorter than its
 *     route's repeat interval
 * @param escalateAfter how long an alert may fire without anybody looking after it
 * @param escalateTo the receiver who is told then
 * @param fallback the receiver who is told what another channel cannot deliver
 * @param fallbackAfter how long a channel is tried before
 * @param folding what is told as one
 * @param couriers what holds for all channels
 */
public record DeskSettings(
        String externalUrl,
        Optional<Duration> repeatUntilAcknowledged,
        Optional<Duration> escalateAfter,
        String escalateTo,
        String fallback,
        Duration fallbackAfter,
        Folding folding,
        CourierSettings couriers) {

    /** Nothing beyond Alertmanager. */
    public static final DeskSettings DEFAULT = new DeskSettings(
            "",
            Optional.empty(),
            Optional.empty(),
            "",
            "",
            Duration.ofMinutes(2),
            Folding.NONE,
            CourierSettings.DEFAULT);

    /**
     * What is told as one.
     *
     * @param flapping whether an alert that comes and goes is told of once
     * @param causes whether what stands on something that is down is told with that
     * @param causeWait how long such a consequence waits for its cause
     */
    public record Folding(boolean flapping, boolean causes, Duration causeWait) {

        /** All is told on its own. */
        public static final Folding NONE = new Folding(false, false, Duration.ZERO);
    }
}
