package org.hearthwatch.notifier.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.NotifiedAlert;
import org.hearthwatch.api.notify.OneLine;
import org.hearthwatch.api.secret.Secrets;

/** A notification on its way to one channel, and the secrets opened for it, which nothing may repeat. Not thread-safe. */
public final class Draft {

    /** Shorter ones are no secrets, and would make nonsense of every answer. */
    private static final int SHORTEST_SECRET = 4;

    private final Notification notification;
    private final Secrets secrets;
    private final List<String> opened = new ArrayList<>();

    public Draft(Notification notification, Secrets secrets) {
        this.notification = notification;
        this.secrets = secrets;
    }

    public Notification notification() {
        return notification;
    }

    public boolean isFiring() {
        return notification.isFiring();
    }

    /** A template as plain text. */
    public String text(String template) throws DeliveryException {
        return template.isEmpty() ? "" : notification.texts().text(template);
    }

    /** A template as HTML. */
    public String html(String template) throws DeliveryException {
        return template.isEmpty() ? "" : notification.texts().html(template);
    }

    /** A secret, which {@link #hide} hides from now on. */
    public String open(SecretText secret) throws DeliveryException {
        String value = secret.open(secrets);
        if (value.length() >= SHORTEST_SECRET) {
            opened.add(value);
        }
        return value;
    }

    /** A secret that goes into a header. */
    public String header(SecretText secret) throws DeliveryException {
        String value = open(secret);
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw DeliveryException.lasting("The token is empty, or holds characters that no HTTP header can"
                    + " hold; see whether it was copied whole");
        }
        return value;
    }

    /** An address that may be a secret. */
    public URI address(SecretText secret) throws DeliveryException {
        return address(open(secret));
    }

    /** An address made of a text; what is wrong with it is told without the text, which may hold a secret. */
    public static URI address(String text) throws DeliveryException {
        try {
            URI address = new URI(text.strip());
            if (address.getHost() != null
                    && address.getUserInfo() == null
                    && List.of("http", "https").contains(String.valueOf(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Its message repeats the text.
        }
        throw DeliveryException.lasting(
                "The address is none; it takes one such as https://push.home/path, without user and password");
    }

    /** The text without what was opened. */
    public String hide(String text) {
        String hidden = text;
        for (String secret : opened) {
            hidden = hidden.replace(secret, "***");
        }
        return hidden;
    }

    /** Alertmanager's key for services that remember incidents: the SHA-256 of the group's key in hexadecimal. */
    public String groupHash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(notification.groupKey().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A link a person can press. */
    public record Button(String label, URI address) {}

    /** Links to acknowledge and to silence the firing alerts, the first ones first; without links there are none. */
    public List<Button> buttons(int most) {
        List<NotifiedAlert> firing = notification.alerts().stream()
                .filter(alert -> !alert.resolved())
                .toList();
        var buttons = new ArrayList<Button>();
        for (NotifiedAlert alert : firing) {
            String of = firing.size() == 1 ? "" : " " + Cut.toCodePoints(OneLine.of(name(alert)), 24);
            alert.acknowledge().ifPresent(link -> buttons.add(new Button("Acknowledge" + of, link)));
            alert.silence().ifPresent(link -> buttons.add(new Button("Silence" + of, link)));
        }
        return List.copyOf(buttons.subList(0, Math.min(most, buttons.size())));
    }

    private static String name(NotifiedAlert alert) {
        String name = alert.labels().get("alertname");
        String instance = alert.labels().get("instance");
        return instance.isEmpty() ? name : name + " " + instance;
    }
}
