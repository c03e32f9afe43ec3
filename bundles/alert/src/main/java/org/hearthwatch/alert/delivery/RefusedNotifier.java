package org.hearthwatch.alert.delivery;

import org.hearthwatch.alert.config.ReceiverConfig;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.Notifier;

/** Stands for an entry that turned out wrong only when somebody came who understands it. */
record RefusedNotifier(ReceiverConfig.Channel channel, String receiver, String why) implements Notifier {

    @Override
    public String name() {
        return receiver;
    }

    @Override
    public String kind() {
        return channel.integration();
    }

    @Override
    public String deliver(Notification notification) throws DeliveryException {
        throw DeliveryException.lasting(
                "etc/alertmanager.yml:" + channel.place() + ": " + channel.section() + ": " + why);
    }
}
