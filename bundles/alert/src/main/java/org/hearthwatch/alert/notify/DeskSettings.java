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
 * @param foldFlapping whether an alert that comes and goes is told of once
 * @param couriers what holds for all channels
 */
public record DeskSettings(
        String externalUrl,
        Optional<Duration> repeatUntilAcknowledged,
        Optional<Duration> escalateAfter,
        String escalateTo,
        String fallback,
        Duration fallbackAfter,
        boolean foldFlapping,
        CourierSettings couriers) {

    /** Nothing beyond Alertmanager. */
    public static final DeskSettings DEFAULT = new DeskSettings(
            "", Optional.empty(), Optional.empty(), "", "", Duration.ofMinutes(2), false, CourierSettings.DEFAULT);
}
