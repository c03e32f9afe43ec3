package org.hearthwatch.notifier.webhook.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** Telegram's Bot API. */
final class TelegramSection implements Channel {

    private static final int LONGEST = 4_096;
    private static final int MOST_BUTTONS = 6;
    private static final Set<String> MODES = Set.of("", "HTML", "Markdown", "MarkdownV2");

    private final String apiUrl;
    private final SecretText token;
    private final SecretText chat;
    private final long thread;
    private final String message;
    private final String mode;
    private final boolean silent;
    private final boolean buttons;

    TelegramSection(Entry entry) throws InvalidReceiverException {
        apiUrl = entry.textOrGlobal("api_url", "telegram_api_url").orElse("https://api.telegram.org");
        token = Entry.needed("bot_token", entry.secretOrGlobal("bot_token", "telegram_bot_token"));
        chat = Entry.needed("chat_id", entry.secret("chat_id"));
        thread = entry.number("message_thread_id", 0, 0, Integer.MAX_VALUE);
        message = entry.text("message", "{{ template \"telegram.default.message\" . }}");
        mode = entry.text("parse_mode", "HTML");
        silent = entry.truth("disable_notifications", false);
        buttons = entry.truth("buttons", false);
        if (!MODES.contains(mode)) {
            throw new InvalidReceiverException("parse_mode", "parse_mode takes HTML, Markdown, MarkdownV2 or nothing");
        }
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        String text;
        if (mode.equals("HTML")) {
            String links = buttons ? Links.html(draft.buttons(MOST_BUTTONS)) : "";
            text = HtmlCut.toCodePoints(draft.html(message).strip(), LONGEST - links.length()) + links;
        } else {
            String links = buttons && mode.isEmpty() ? Links.plain(draft.buttons(MOST_BUTTONS)) : "";
            text = Cut.toCodePoints(draft.text(message).strip(), LONGEST - links.length()) + links;
        }
        String to = draft.open(chat);
        var fields = new Json.Fields()
                .put("chat_id", to.matches("-?\\d{1,18}") ? Long.valueOf(to) : to)
                .put("text", text)
                .put("link_preview_options", Map.of("is_disabled", true))
                .some("parse_mode", mode);
        if (thread != 0) {
            fields.put("message_thread_id", thread);
        }
        if (silent) {
            fields.put("disable_notification", true);
        }
        String bot = draft.open(token);
        if (!bot.matches("[A-Za-z0-9:_-]{1,128}")) {
            throw DeliveryException.lasting(
                    "The bot's token is not of the form 123456:ABC…; see whether it was copied whole");
        }
        return List.of(
                Json.post(Draft.address(apiUrl.replaceAll("/+$", "") + "/bot" + bot + "/sendMessage"), fields.map()));
    }

    /** Telegram says in the body how long to wait. */
    @Override
    public String read(Answer answer) throws DeliveryException {
        JsonNode json = Json.read(answer.body());
        Optional<Long> wait = Optional.of(json.path("parameters").path("retry_after"))
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::asLong)
                .filter(seconds -> seconds > 0 && seconds <= 3_600);
        if (answer.status() == 429 && wait.isPresent()) {
            throw DeliveryException.passing(Verdict.line(answer), Duration.ofSeconds(wait.get()));
        }
        String line = Verdict.of(answer);
        if (!json.path("ok").asBoolean(false)) {
            throw DeliveryException.lasting(line + " is no answer of Telegram's; see whether api_url is right");
        }
        long id = json.path("result").path("message_id").asLong(0);
        return "HTTP " + answer.status() + (id > 0 ? ": message " + id : "");
    }
}
