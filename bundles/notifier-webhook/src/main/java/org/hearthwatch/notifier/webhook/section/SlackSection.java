package org.hearthwatch.notifier.webhook.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
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
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.SecretText;
import org.hearthwatch.notifier.webhook.Verdict;

/**
 * Slack's incoming webhooks, and {@code chat.postMessage} with an app's token. With {@code escape} nothing within a text is
 * markup, so that a label cannot call the whole channel.
 */
final class SlackSection implements Channel {

    private static final int LONGEST_TITLE = 1_024;
    private static final int LONGEST_TEXT = 40_000;
    private static final int MOST_BUTTONS = 5;
    private static final String POST = "https://slack.com/api/chat.postMessage";

    /** Refusals that are about the moment, not about us. */
    private static final Set<String> PASSING = Set.of(
            "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private final Optional<SecretText> url;
    private final Optional<SecretText> token;
    private final String appUrl;
    private final String channel;
    private final String username;
    private final String iconEmoji;
    private final String iconUrl;
    private final String messageText;
    private final boolean linkNames;
    private final boolean escapes;
    private final boolean buttons;
    private final SlackAttachment attachment;

    SlackSection(Entry entry) throws InvalidReceiverException {
        Optional<SecretText> ownToken = entry.secret("app_token");
        Optional<SecretText> ownUrl = entry.secret("api_url");
        if (ownToken.isPresent() && ownUrl.isPresent()) {
            throw new InvalidReceiverException("app_token", "only one of api_url and app_token may be there");
        }
        url = ownToken.isPresent() ? Optional.empty() : entry.secretOrGlobal("api_url", "slack_api_url");
        token = ownUrl.isPresent() ? Optional.empty() : entry.secretOrGlobal("app_token", "slack_app_token");
        appUrl = entry.textOrGlobal("app_url", "slack_app_url").orElse(POST);
        if (url.isEmpty() && token.isEmpty()) {
            throw new InvalidReceiverException(
                    "api_url", "one of api_url, app_token, slack_api_url and slack_app_token is needed");
        }
        // Whoever asks for changes of the message before gets a message of its own: told twice is better than a refused
        // file.
        entry.truth("update_message", false);
        channel = entry.text("channel", "");
        username = entry.text("username", "{{ template \"slack.default.username\" . }}");
        iconEmoji = entry.text("icon_emoji", "");
        iconUrl = entry.text("icon_url", "");
        messageText = entry.text("message_text", "");
        linkNames = entry.truth("link_names", false);
        escapes = entry.truth("escape", false);
        buttons = entry.truth("buttons", false);
        attachment = new SlackAttachment(entry);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        var card = attachment.fields(draft, this::safe);
        card.put("title", Cut.toCodePoints(safe(draft.text(attachment.title())), LONGEST_TITLE));
        card.put("text", Cut.toCodePoints(safe(draft.text(attachment.text())), LONGEST_TEXT));
        var actions = new ArrayList<>(attachment.actions(draft));
        if (buttons) {
            draft.buttons(MOST_BUTTONS - Math.min(MOST_BUTTONS, actions.size()))
                    .forEach(button -> actions.add(new Json.Fields()
                            .put("type", "button")
                            .put("text", button.label())
                            .put("url", button.address().toString())
                            .map()));
        }
        if (!actions.isEmpty()) {
            card.put("actions", actions);
        }
        var message = new Json.Fields()
                .some("channel", draft.text(channel))
                .some("username", draft.text(username))
                .some("icon_emoji", draft.text(iconEmoji))
                .some("icon_url", draft.text(iconUrl));
        if (linkNames) {
            message.put("link_names", true);
        }
        message.some("text", safe(draft.text(messageText))).put("attachments", List.of(card.map()));
        return List.of(call(draft, message.map()));
    }

    private Call call(Draft draft, Map<String, Object> message) throws DeliveryException {
        if (token.isPresent() && url.isEmpty()) {
            URI address = Draft.address(appUrl);
            return Json.post(address, message).with("Authorization", "Bearer " + draft.header(token.get()));
        }
        return Json.post(draft.address(url.orElseThrow()), message);
    }

    private String safe(String text) {
        return escapes ? text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") : text;
    }

    /** Slack says {@code ok}, or in JSON that it is not while the status says it is. */
    @Override
    public String read(Answer answer) throws DeliveryException {
        String line = Verdict.of(answer);
        JsonNode json = Json.read(answer.body());
        if (json.isObject() && !json.path("ok").asBoolean(true)) {
            String error = json.path("error").asText("");
            if (PASSING.contains(error)) {
                throw Verdict.passing(answer, line);
            }
            throw DeliveryException.lasting(line);
        }
        return line;
    }
}
