package org.hearthwatch.alert.delivery;

import java.time.Instant;
import java.util.List;
import org.hearthwatch.alert.nflog.Message;

/** Is told what becomes of messages; possibly by several threads at once. */
public interface DeliveryEvents {

    /** Messages were taken by the other side; this is on disk. */
    void delivered(Channel channel, List<Message> messages);

    /**
     * A try failed.
     *
     * @param lasting whether the message was given up because another try would fail too
     * @param since when the channel began to fail
     * @param tries how often in a row it failed
     */
    void failed(Channel channel, Message message, boolean lasting, Instant since, int tries, String why);

    /** A channel that failed works again. */
    void recovered(Channel channel);
}
