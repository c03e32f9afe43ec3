package org.hearthwatch.notifier.mail;

import java.time.InstantSource;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.Notifier;

/** Tells notifications by mail. */
public final class MailNotifier implements Notifier {

    private final String name;
    private final Relay relay;
    private final Letter letter;
    private final Post post;
    private final InstantSource clock;

    public MailNotifier(String name, Relay relay, Letter letter, Post post, InstantSource clock) {
        this.name = name;
        this.relay = relay;
        this.letter = letter;
        this.post = post;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "mail";
    }

    @Override
    public String deliver(Notification notification) throws DeliveryException, InterruptedException {
        return post.send(relay, letter, notification, clock.instant());
    }
}
