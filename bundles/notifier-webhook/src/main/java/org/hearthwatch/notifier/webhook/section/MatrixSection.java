package org.hearthwatch.notifier.webhook.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Answer;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.HtmlCut;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.SecretText;
import org.hearthwatch.notifier.webhook.Verdict;

/** A room of Matrix. The notification's key is the transaction, so that a server drops what comes twice. */
final class MatrixSection implements Channel {

    /** An event may have 64 KB with all its signatures, and holds the text twice. */
    private static final int LONGEST = 12_000;

    private static final int MOST_BUTTONS = 6;

    private final SecretText url;
    private final SecretText token;
    private final String room;
    private final String title;
    private final String message;
    private final boolean notice;
    private final boolean buttons;

    MatrixSection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("url", entry.secret("url"));
        token = Entry.needed("token", entry.secret("token"));
        room = entry.needed("room");
        title = entry.text("title", Templates.TITLE);
        message = entry.text("message", Templates.TEXT);
        notice = entry.truth("notice", false);
        buttons = entry.truth("buttons", true);
        if (!room.matches("!\\S{1,254}")) {
            throw new InvalidReceiverException(
                    "room", "room takes a room's internal identity, such as !abcdef:home.org; a client shows it");
        }
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        List<Draft.Button> links = buttons ? draft.buttons(MOST_BUTTONS) : List.of();
        String plain = Cut.toCodePoints(
                        draft.text(title) + "\n\n" + draft.text(message).strip(), LONGEST)
                + Links.plain(links);
        String html = HtmlCut.toCodePoints(
                        "<p><strong>" + draft.html(title) + "</strong></p><p>"
                                + draft.html(message).strip().replace("\n", "<br>") + "</p>",
                        LONGEST)
                + Links.html(links).strip();
        var fields = new Json.Fields()
                .put("msgtype", notice ? "m.notice" : "m.text")
                .put("body", plain)
                .put("format", "org.matrix.custom.html")
                .put("formatted_body", html)
                // Nobody is called by a name in a text.
                .put("m.mentions", Map.of());
        String address = draft.address(url).toString().replaceAll("/+$", "")
                + "/_matrix/client/v3/rooms/" + encoded(room) + "/send/m.room.message/"
                + encoded(draft.notification().key());
        return List.of(new Call(
                        "PUT",
                        Draft.address(address),
                        Map.of("Content-Type", "application/json"),
                        Json.bytes(fields.map()))
                .with("Authorization", "Bearer " + draft.header(token)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Older servers say in the body how long to wait. */
    @Override
    public String read(Answer answer) throws DeliveryException {
        JsonNode wait = Json.read(answer.body()).path("retry_after_ms");
        if (answer.status() == 429 && wait.isIntegralNumber() && wait.asLong() > 0 && wait.asLong() <= 3_600_000) {
            throw DeliveryException.passing(Verdict.line(answer), Duration.ofMillis(wait.asLong()));
        }
        return Verdict.of(answer);
    }
}
