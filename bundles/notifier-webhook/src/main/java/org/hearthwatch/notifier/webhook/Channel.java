package org.hearthwatch.notifier.webhook;

import java.util.List;
import org.hearthwatch.api.notify.DeliveryException;

/** One kind of service with its settings: what to send for a notification, and what its answers mean. Thread-safe. */
public interface Channel {

    /**
     * The requests that tell a notification, to be made one after the other.
     *
     * @throws DeliveryException if a template or a setting does not allow it, or a secret cannot be had
     */
    List<Call> calls(Draft draft) throws DeliveryException;

    /**
     * What the service said, in one printable line.
     *
     * @throws DeliveryException if it did not take the notification
     */
    default String read(Answer answer) throws DeliveryException {
        return Verdict.of(answer);
    }
}
