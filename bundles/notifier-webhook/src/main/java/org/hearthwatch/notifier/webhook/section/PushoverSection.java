package org.hearthwatch.notifier.webhook.section;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.HtmlCut;
import org.hearthwatch.notifier.webhook.Priorities;
import org.hearthwatch.notifier.webhook.SecretText;

/** Pushover's message API. What is secret goes into the body, not into the address. */
final class PushoverSection implements Channel {

    private static final int LONGEST_TITLE = 250;
    private static final int LONGEST_MESSAGE = 1_024;
    private static final int LONGEST_URL = 512;
    private static final int LONGEST_URL_TITLE = 100;
    private static final String API = "https://api.pushover.net/1/messages.json";

    private final URI api;
    private final SecretText user;
    private final SecretText token;
    private final String title;
    private final String message;
    private final String url;
    private final String urlTitle;
    private final String device;
    private final String sound;
    private final Optional<Priorities> priorities;
    private final String priority;
    private final Duration retry;
    private final Duration expire;
    private final Duration ttl;
    private final boolean html;
    private final boolean monospace;
    private final boolean buttons;

    PushoverSection(Entry entry) throws InvalidReceiverException {
        api = URI.create(API);
        user = Entry.needed("user_key", entry.secret("user_key"));
        token = Entry.needed("token", entry.secret("token"));
        title = entry.text("title", "{{ template \"pushover.default.title\" . }}");
        message = entry.text("message", "{{ template \"pushover.default.message\" . }}");
        url = entry.text("url", "{{ template \"pushover.default.url\" . }}");
        urlTitle = entry.text("url_title", "");
        device = entry.text("device", "");
        sound = entry.text("sound", "");
        priorities = PriorityKey.of(entry);
        priority = entry.text("priority", "{{ if eq .Status \"firing\" }}2{{ else }}0{{ end }}");
        retry = entry.duration("retry", Duration.ofMinutes(1));
        expire = entry.duration("expire", Duration.ofHours(1));
        ttl = entry.duration("ttl", Duration.ZERO);
        html = entry.truth("html", false);
        monospace = entry.truth("monospace", false);
        buttons = entry.truth("buttons", false);
        if (html && monospace) {
            throw new InvalidReceiverException("html", "only one of html and monospace may be true");
        }
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        var fields = new LinkedHashMap<String, String>();
        fields.put("token", draft.open(token));
        fields.put("user", draft.open(user));
        fields.put("title", Cut.toCodePoints(draft.text(title), LONGEST_TITLE));
        if (html) {
            fields.put("html", "1");
        }
        if (monospace) {
            fields.put("monospace", "1");
        }
        String text = html
                ? HtmlCut.toCodePoints(draft.html(message).strip(), LONGEST_MESSAGE)
                : Cut.toCodePoints(draft.text(message).strip(), LONGEST_MESSAGE);
        // An empty message is refused.
        fields.put("message", text.isEmpty() ? "(no details)" : text);
        putLink(draft, fields);
        fields.put(
                "priority",
                priorities.isPresent()
                        ? priorities.get().of(draft.notification())
                        : draft.text(priority).strip());
        fields.put("retry", String.valueOf(retry.toSeconds()));
        fields.put("expire", String.valueOf(expire.toSeconds()));
        put(fields, "device", draft.text(device));
        put(fields, "sound", draft.text(sound));
        if (!ttl.isZero()) {
            fields.put("ttl", String.valueOf(ttl.toSeconds()));
        }
        byte[] body = fields.entrySet().stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
        return List.of(new Call("POST", api, Map.of("Content-Type", "application/x-www-form-urlencoded"), body));
    }

    /** There is room for one link: to acknowledge, if that can be done. */
    private void putLink(Draft draft, Map<String, String> fields) throws DeliveryException {
        List<Draft.Button> links = buttons ? draft.buttons(1) : List.of();
        String link = links.isEmpty() ? draft.text(url) : links.get(0).address().toString();
        String name = links.isEmpty() ? draft.text(urlTitle) : links.get(0).label();
        if (!link.isEmpty() && link.length() <= LONGEST_URL) {
            fields.put("url", link);
            put(fields, "url_title", Cut.toCodePoints(name, LONGEST_URL_TITLE));
        }
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }
}
