package org.hearthwatch.notifier.mail;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.NotifiedAlert;
import org.hearthwatch.api.notify.Texts;

/** Notifications for tests; templates are not expanded. */
public final class Samples {

    public static final Texts SHOWN = new Texts() {
        @Override
        public String text(String template) {
            return template;
        }

        @Override
        public String html(String template) {
            return template;
        }
    };

    private Samples() {}

    public static Notification firing() {
        return of("key-1", SHOWN, "");
    }

    public static Notification of(String key, Texts texts, String generatorUrl) {
        var alert = new NotifiedAlert(
                false,
                Labels.of("alertname", "DiskFull", "instance", "pve"),
                Map.of("summary", "pve is full"),
                Instant.parse("2026-01-02T03:04:05Z"),
                Instant.EPOCH,
                generatorUrl,
                "aaaaaaaaaaaaaaaa",
                Optional.of(URI.create("https://watch.home/ack?a=1&b=2")),
                Optional.empty());
        return new Notification(
                key,
                "ops",
                "{}:{alertname=\"DiskFull\"}",
                Labels.of("alertname", "DiskFull"),
                Labels.of("alertname", "DiskFull"),
                Map.of(),
                List.of(alert),
                0,
                "https://watch.home",
                texts);
    }

    /** Where one template is replaced by a text, and all others show as they are. */
    public static Texts where(String template, String text) {
        return new Texts() {
            @Override
            public String text(String asked) {
                return asked.equals(template) ? text : asked;
            }

            @Override
            public String html(String asked) {
                return text(asked);
            }
        };
    }
}
