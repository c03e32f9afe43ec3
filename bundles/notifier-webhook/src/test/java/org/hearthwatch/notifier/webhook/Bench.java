package org.hearthwatch.notifier.webhook;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.notifier.webhook.section.Entry;
import org.hearthwatch.notifier.webhook.section.Sections;
import org.hearthwatch.notifier.webhook.wire.HttpWire;
import org.hearthwatch.testkit.FakeEgress;
import org.hearthwatch.testkit.TestClock;

/** A receiver and the way to it, with a vault that holds {@code secret:token}. */
public final class Bench implements AutoCloseable {

    public static final String TOKEN = "tk_geheim-123";

    public final Receiver receiver = new Receiver();
    public final TestClock clock = TestClock.atStart();
    public final FakeEgress egress = new FakeEgress();
    public final FakeSecrets secrets = new FakeSecrets(new LinkedHashMap<>(Map.of("secret:token", TOKEN)));
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    public Bench() throws IOException {}

    /** A section's channel, of pairs of keys and values; in texts, {@code URL} is where the receiver is. */
    public HttpNotifier section(String section, Object... entry) throws InvalidReceiverException {
        return section(section, Map.of(), entry);
    }

    public HttpNotifier section(String section, Map<String, Object> global, Object... entry)
            throws InvalidReceiverException {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < entry.length; i += 2) {
            Object value = entry[i + 1];
            map.put((String) entry[i], value instanceof String text ? text.replace("URL", receiver.url()) : value);
        }
        Sections.Made made = Sections.make(section, new Entry(map, global));
        return notifier(
                made.channel(),
                Duration.ofSeconds(20),
                made.wire(route -> new HttpWire(egress, route, threads), secrets, clock));
    }

    public HttpNotifier notifier(Channel channel, Duration timeout) {
        return notifier(channel, timeout, new HttpWire(egress, Route.DIRECT, threads));
    }

    private HttpNotifier notifier(Channel channel, Duration timeout, Wire wire) {
        return new HttpNotifier("ops", "test", channel, timeout, wire, secrets);
    }

    /** What is sent for a notification, without sending it. */
    public Call call(Channel channel, Notification notification) throws DeliveryException {
        return channel.calls(new Draft(notification, secrets)).get(0);
    }

    @Override
    public void close() {
        receiver.close();
        threads.shutdownNow();
    }
}
