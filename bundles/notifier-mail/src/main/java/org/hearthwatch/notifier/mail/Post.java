package org.hearthwatch.notifier.mail;

import java.time.Instant;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;

/** Carries mails out of the house. Thread-safe. */
public interface Post {

    /**
     * Hands a mail to a server and returns when it has taken it.
     *
     * @return what it answered, in one printable line
     */
    String send(Relay relay, Letter letter, Notification notification, Instant now)
            throws DeliveryException, InterruptedException;
}
