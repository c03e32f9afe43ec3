package org.hearthwatch.alert.delivery;

import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.notify.Notifier;

/**
 * A way to reach a receiver.
 *
 * @param id unique, such as {@code ops/email[0]}
 * @param kind such as {@code email}
 * @param sendResolved whether it is told of the end of alerts
 * @param mostAlerts how many alerts a message has; 0 for any number
 * @param notifier who carries the messages; empty as long as nobody understands its configuration
 */
public record Channel(
        String id,
        String receiver,
        String kind,
        boolean sendResolved,
        int mostAlerts,
        Supplier<Optional<Notifier>> notifier) {}
