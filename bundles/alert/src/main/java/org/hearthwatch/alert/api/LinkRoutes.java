package org.hearthwatch.alert.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.alert.Silences;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;

/**
 * Where the links in messages lead. Looking at one changes nothing, as mail programs look at every link they find: only the
 * button on the page does, or a program that posts to the same address. The link itself is the permission.
 */
public final class LinkRoutes implements Routes {

    private static final String ACTOR = "link";
    private static final Map<String, Duration> LENGTHS =
            Map.of("1h", Duration.ofHours(1), "4h", Duration.ofHours(4), "24h", Duration.ofHours(24));
    private static final String USUAL = "1h";

    private final Supplier<SignedLinks> links;
    private final AlertDesk desk;
    private final Silences silences;
    private final Supplier<Optional<AuditLog>> audit;
    private final InstantSource clock;

    public LinkRoutes(
            Supplier<SignedLinks> links,
            AlertDesk desk,
            Silences silences,
            Supplier<Optional<AuditLog>> audit,
            InstantSource clock) {
        this.links = links;
        this.desk = desk;
        this.silences = silences;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        String path = SignedLinks.PATH + "{token}";
        return List.of(Route.get(path, Guard.open(), this::show), Route.post(path, Guard.open(), this::act));
    }

    private SignedLinks.Right right(Exchange exchange) throws HttpProblem {
        return links.get()
                .check(exchange.pathParameter("token"))
                .orElseThrow(() -> new HttpProblem(
                        404, "This link is not valid, or its time is over. The console can do the same."));
    }

    private DeskAlert alert(SignedLinks.Right right) throws HttpProblem {
        return desk.alerts().stream()
                .filter(alert -> alert.fingerprint().equals(right.fingerprint()))
                .findFirst()
                .orElseThrow(() -> new HttpProblem(404, "The alert of this link does not fire any more."));
    }

    private void show(Exchange exchange) throws IOException, HttpProblem {
        SignedLinks.Right right = right(exchange);
        DeskAlert alert = alert(right);
        boolean silence = right.action() == SignedLinks.Action.SILENCE;
        String choice = silence
                ? "<label>For <select name=\"for\"><option>1h</option><option>4h</option><option>24h</option></select>"
                        + "</label> "
                : "";
        page(
                exchange,
                silence ? "Silence this alert?" : "Acknowledge this alert?",
                alert,
                "<form method=\"post\">" + choice + "<button>" + (silence ? "Silence" : "Acknowledge")
                        + "</button></form>");
    }

    private void act(Exchange exchange) throws IOException, HttpProblem {
        SignedLinks.Right right = right(exchange);
        DeskAlert alert = alert(right);
        record(exchange, right, alert);
        try {
            String done = right.action() == SignedLinks.Action.SILENCE ? silence(exchange, alert) : acknowledge(alert);
            page(exchange, done, alert, "");
        } catch (AlertingRefusal e) {
            throw new HttpProblem(500, String.valueOf(e.getMessage()));
        }
    }

    private String acknowledge(DeskAlert alert) throws AlertingRefusal {
        List<DeskAlert> unused = desk.acknowledge(exactly(alert), ACTOR, "by the link in a message", Optional.empty());
        return "Acknowledged.";
    }

    private String silence(Exchange exchange, DeskAlert alert) throws AlertingRefusal {
        String wanted = exchange.parameter("for").orElse(USUAL);
        Duration length = LENGTHS.getOrDefault(wanted, Duration.ofHours(1));
        Instant now = clock.instant();
        String unused =
                silences.set(Silence.of(exactly(alert), now, now.plus(length), ACTOR, "by the link in a message"));
        return "Silenced for " + length.toHours() + " h.";
    }

    private static List<Matcher> exactly(DeskAlert alert) {
        return alert.labels().asMap().entrySet().stream()
                .map(label -> Matcher.equal(label.getKey(), label.getValue()))
                .toList();
    }

    private void record(Exchange exchange, SignedLinks.Right right, DeskAlert alert) throws HttpProblem {
        AuditLog log = audit.get()
                .orElseThrow(() -> new HttpProblem(
                        503, "This cannot be recorded now, so it was not done: the audit log is not running."));
        try {
            log.record(new AuditEvent(
                    ACTOR,
                    "-",
                    exchange.remoteAddress(),
                    "alerts:" + right.action().word(),
                    alert.labels().toString(),
                    Outcome.ALLOWED,
                    ""));
        } catch (AuditUnavailableException e) {
            throw new HttpProblem(503, String.valueOf(e.getMessage()));
        }
    }

    private static void page(Exchange exchange, String title, DeskAlert alert, String form) throws IOException {
        String summary = alert.annotations().getOrDefault("summary", "");
        String page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\">"
                + "<title>Hearthwatch</title><h1>" + escaped(title) + "</h1><p>" + escaped(summary) + "</p><p><code>"
                + escaped(alert.labels().toString()) + "</code></p>" + form + "</html>";
        exchange.header("Cache-Control", "no-store");
        exchange.header("Referrer-Policy", "no-referrer");
        exchange.respond(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
