package org.hearthwatch.notifier.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.NotifiedAlert;
import org.hearthwatch.api.notify.Texts;

/** Notifications for tests. Templates are not expanded but shown: as text in brackets, as HTML with them escaped. */
public final class Samples {

    public static final Texts SHOWN = new Texts() {
        @Override
        public String text(String template) {
            return template;
        }

        @Override
        public String html(String template) {
            return template.replace("{{", "<i>").replace("}}", "</i>");
        }
    };

    private Samples() {}

    public static NotifiedAlert alert(boolean resolved, String severity, boolean links) {
        String id = resolved ? "bbbbbbbbbbbbbbbb" : "aaaaaaaaaaaaaaaa";
        return new NotifiedAlert(
                resolved,
                Labels.of(
                        "alertname", "DiskFull", "instance", resolved ? "nas:9100" : "pve:9100", "severity", severity),
                Map.of("summary", resolved ? "nas is full" : "pve is full"),
                Instant.parse("2026-01-02T03:04:05.120Z"),
                resolved ? Instant.parse("2026-01-02T04:00:00Z") : Instant.EPOCH,
                "https://watch.home/graph?g0.expr=1",
                id,
                links ? Optional.of(URI.create("https://watch.home/ack/" + id + "?s=1")) : Optional.empty(),
                links ? Optional.of(URI.create("https://watch.home/silence/" + id + "?s=1")) : Optional.empty());
    }

    /** One firing and one resolved alert. */
    public static Notification mixed() {
        return of(SHOWN, alert(false, "critical", true), alert(true, "critical", true));
    }

    public static Notification firing(String severity) {
        return of(SHOWN, alert(false, severity, true));
    }

    public static Notification resolved() {
        return of(SHOWN, alert(true, "critical", false));
    }

    public static Notification of(Texts texts, NotifiedAlert... alerts) {
        return new Notification(
                "key-1/e",
                "ops",
                "{}:{alertname=\"DiskFull\"}",
                Labels.of("alertname", "DiskFull"),
                Labels.of("alertname", "DiskFull", "severity", "critical"),
                Map.of("team", "home"),
                List.of(alerts),
                0,
                "https://watch.home",
                texts);
    }

    /** Where every text is the same. */
    public static Texts always(String text) {
        return new Texts() {
            @Override
            public String text(String template) {
                return text;
            }

            @Override
            public String html(String template) {
                return text;
            }
        };
    }
}
