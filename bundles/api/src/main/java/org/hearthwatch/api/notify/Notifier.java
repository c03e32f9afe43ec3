package org.hearthwatch.api.notify;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One configured way out to people: a mailbox, a chat room, a webhook. Register one as a service for each configuration;
 * those named in an Alertmanager configuration are made by a {@link NotifierFactory} instead. Retrying, grouping and
 * doing nothing twice are the caller's work.
 */
@ConsumerType
public interface Notifier {

    /** What a person calls this channel, such as {@code ops}; unique among the notifiers of one {@link #kind}. */
    String name();

    /** What it speaks, such as {@code mail} or {@code ntfy}. */
    String kind();

    /**
     * Hands one notification over and returns when the other side has taken it. Called by one thread at a time, and
     * interrupted at the caller's deadline.
     *
     * @return what the other side answered, in one printable line for a person
     * @throws DeliveryException if it was not taken; says whether another try may help
     */
    String deliver(Notification notification) throws DeliveryException, InterruptedException;
}
