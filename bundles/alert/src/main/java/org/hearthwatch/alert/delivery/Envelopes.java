package org.hearthwatch.alert.delivery;

import java.util.List;
import org.hearthwatch.alert.nflog.Message;
import org.hearthwatch.api.notify.Notification;

/** Makes what a notifier is handed of what waits for it. */
@FunctionalInterface
public interface Envelopes {

    /** @param messages one, or several that go out as a digest */
    Notification seal(Channel channel, List<Message> messages);
}
