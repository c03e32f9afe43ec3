package org.hearthwatch.notifier.webhook;

import java.io.IOException;
import java.time.Duration;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.notify.OneLine;
import org.hearthwatch.api.secret.Secrets;

/** Tells notifications to one channel over HTTP. */
public final class HttpNotifier implements Notifier {

    private final String name;
    private final String kind;
    private final Channel channel;
    private final Duration timeout;
    private final Wire wire;
    private final Secrets secrets;

    /** @param timeout for each request */
    public HttpNotifier(String name, String kind, Channel channel, Duration timeout, Wire wire, Secrets secrets) {
        this.name = name;
        this.kind = kind;
        this.channel = channel;
        this.timeout = timeout;
        this.wire = wire;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String deliver(Notification notification) throws DeliveryException, InterruptedException {
        var draft = new Draft(notification, secrets);
        String said = "";
        for (Call call : channel.calls(draft)) {
            said = read(call, draft);
        }
        return said;
    }

    private String read(Call call, Draft draft) throws DeliveryException, InterruptedException {
        String where = call.address().getHost();
        Answer answer;
        try {
            answer = wire.exchange(call, timeout);
        } catch (EgressRefusedException e) {
            throw DeliveryException.lasting(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw DeliveryException.passing(where + ": " + draft.hide(OneLine.of(what)), e);
        }
        // Services repeat what they are sent; a token must not come back into a log.
        return channel.read(new Answer(answer.status(), answer.headers(), draft.hide(answer.body())));
    }
}
