package org.hearthwatch.notifier.mail;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.NotifiedAlert;
import org.hearthwatch.api.notify.OneLine;

/** Links to acknowledge and to silence, below a mail. */
final class Buttons {

    private static final int MOST = 20;

    private record Button(String label, URI address) {}

    private Buttons() {}

    static String text(Notification notification) {
        return of(notification).stream()
                .map(button -> "\n" + button.label() + ": " + button.address())
                .collect(Collectors.joining());
    }

    static String html(Notification notification) {
        return of(notification).stream()
                .map(button -> "<p><a href=\"" + escaped(button.address().toString()) + "\">" + escaped(button.label())
                        + "</a></p>")
                .collect(Collectors.joining());
    }

    private static List<Button> of(Notification notification) {
        List<NotifiedAlert> firing = notification.alerts().stream()
                .filter(alert -> !alert.resolved())
                .toList();
        var buttons = new ArrayList<Button>();
        for (NotifiedAlert alert : firing) {
            String of = firing.size() == 1
                    ? ""
                    : Cut.toCodePoints(
                            OneLine.of(" " + alert.labels().get("alertname") + " "
                                    + alert.labels().get("instance")),
                            60);
            alert.acknowledge().ifPresent(link -> buttons.add(new Button("Acknowledge " + of, link)));
            alert.silence().ifPresent(link -> buttons.add(new Button("Silence " + of, link)));
        }
        return buttons.stream()
                .limit(MOST)
                .map(button -> new Button(button.label().strip(), button.address()))
                .toList();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
