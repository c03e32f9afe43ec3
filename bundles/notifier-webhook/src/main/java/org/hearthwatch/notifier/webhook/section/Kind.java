package org.hearthwatch.notifier.webhook.section;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearthwatch.api.notify.InvalidReceiverException;

/** What a channel with a file of its own speaks: a section, the settings it has, and what it says where they do not. */
@SuppressWarnings("ImmutableEnumChecker") // maps that nobody can change
public enum Kind {
    NTFY("ntfy_configs", keys("url token title text:message priorities buttons"), Map.of()),
    GOTIFY("gotify_configs", keys("url token title text:message priorities buttons"), Map.of()),
    TELEGRAM(
            "telegram_configs",
            keys("url:api_url token:bot_token target:chat_id text:message buttons"),
            Map.of("message", "<b>" + Templates.TITLE + "</b>\n\n" + Templates.TEXT)),
    MATRIX("matrix_configs", keys("url token target:room title text:message buttons"), Map.of()),
    DISCORD(
            "discord_configs",
            keys("url:webhook_url sender:username title text:message buttons"),
            Map.of("title", Templates.TITLE, "message", Templates.TEXT)),
    SLACK(
            "slack_configs",
            keys("url:api_url token:app_token target:channel sender:username title text buttons"),
            Map.ofEntries(
                    Map.entry("title", Templates.TITLE),
                    Map.entry("text", Templates.TEXT),
                    Map.entry("fallback", Templates.TITLE),
                    Map.entry("title_link", Kind.CONSOLE),
                    Map.entry("color", Kind.COLOR),
                    Map.entry("pretext", ""),
                    Map.entry("footer", ""),
                    Map.entry("callback_id", ""),
                    Map.entry("username", ""),
                    Map.entry("icon_emoji", ""),
                    Map.entry("icon_url", ""),
                    Map.entry("escape", true))),
    MATTERMOST(
            "mattermost_configs",
            keys("url:webhook_url target:channel sender:username title text buttons"),
            Map.of(
                    "title", Templates.TITLE,
                    "text", Templates.TEXT,
                    "fallback", Templates.TITLE,
                    "title_link", Kind.CONSOLE,
                    "color", Kind.COLOR,
                    "username", "")),
    PUSHOVER(
            "pushover_configs",
            keys("token target:user_key title text:message priorities buttons"),
            Map.of(
                    "title", Templates.TITLE,
                    "message", Templates.TEXT,
                    "url", Kind.CONSOLE,
                    "priorities", "critical=1, warning=0, info=-1, other=0, resolved=-1")),
    TEAMS(
            "msteamsv2_configs",
            keys("url:webhook_url title text buttons"),
            Map.of("title", Templates.TITLE, "text", Templates.TEXT)),
    SIGNAL("signal_configs", keys("url token sender target:recipients title text:message buttons"), Map.of()),
    APPRISE("apprise_configs", keys("url token target:tag title text:message priorities buttons"), Map.of()),
    PAGERDUTY(
            "pagerduty_configs",
            keys("url token:routing_key title:description priorities buttons"),
            Map.of(
                    "description", Templates.TITLE,
                    "client", "Hearthwatch",
                    "client_url", Kind.CONSOLE,
                    "source", "{{ with .CommonLabels.instance }}{{ . }}{{ else }}Hearthwatch{{ end }}",
                    "priorities", "critical=critical, warning=warning, info=info, other=error, resolved=info")),
    WEBHOOK("webhook_configs", keys("url token:http_config maxAlerts:max_alerts"), Map.of());

    private static final String CONSOLE = "{{ .ExternalURL }}";
    private static final String COLOR = "{{ if eq .Status \"firing\" }}danger{{ else }}good{{ end }}";

    private final String section;
    private final Map<String, String> keys;
    private final Map<String, Object> otherwise;

    Kind(String section, Map<String, String> keys, Map<String, Object> otherwise) {
        this.section = section;
        this.keys = keys;
        this.otherwise = otherwise;
    }

    private static Map<String, String> keys(String text) {
        return Stream.of(text.split(" ", -1))
                .map(pair -> pair.split(":", 2))
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[pair.length - 1]));
    }

    /** The kind of a name such as {@code ntfy}. */
    public static Optional<Kind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(name)).findFirst();
    }

    /** All names. */
    public static String words() {
        return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
    }

    /** Its name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A channel of this kind.
     *
     * @param settings by name; those that are empty are left to the kind
     * @throws InvalidReceiverException whose key is the setting's name
     */
    public Sections.Made make(Map<String, String> settings) throws InvalidReceiverException {
        var entry = new LinkedHashMap<String, Object>(otherwise);
        if (keys.containsKey("buttons")) {
            entry.put("buttons", true);
        }
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (setting.getValue().isBlank()) {
                continue;
            }
            String key = keys.get(setting.getKey());
            if (key == null) {
                throw new InvalidReceiverException(setting.getKey(), word() + " has no such setting");
            }
            entry.put(key, value(key, setting.getValue().strip()));
        }
        try {
            return Sections.make(section, new Entry(entry, Map.of()));
        } catch (InvalidReceiverException e) {
            String setting = keys.entrySet().stream()
                    .filter(pair -> pair.getValue().equals(e.key()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(e.key());
            throw new InvalidReceiverException(setting, String.valueOf(e.getMessage()));
        }
    }

    private static Object value(String key, String text) throws InvalidReceiverException {
        return switch (key) {
            case "buttons" -> truth(text);
            case "recipients" -> List.of(text.split("\\s*,\\s*", -1));
            case "http_config" -> Map.of("authorization", Map.of("credentials", text));
            default -> text;
        };
    }

    private static boolean truth(String text) throws InvalidReceiverException {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new InvalidReceiverException("buttons", "buttons takes true or false");
    }
}
