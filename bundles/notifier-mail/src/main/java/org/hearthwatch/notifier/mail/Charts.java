package org.hearthwatch.notifier.mail;

import java.util.Optional;
import org.hearthwatch.api.notify.Notification;

/** Draws what a notification is about. Thread-safe. */
@FunctionalInterface
public interface Charts {

    /** No charts. */
    Charts NONE = notification -> Optional.empty();

    /** A PNG; nothing if there is nothing to draw. */
    Optional<byte[]> draw(Notification notification);
}
