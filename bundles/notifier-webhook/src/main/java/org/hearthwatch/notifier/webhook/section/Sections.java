package org.hearthwatch.notifier.webhook.section;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.notifier.webhook.Answer;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Layer;
import org.hearthwatch.notifier.webhook.Route;
import org.hearthwatch.notifier.webhook.Wire;

/**
 * Makes channels of entries: Alertmanager's sections with its keys and defaults, and in the same manner those that it has
 * not. Thread-safe.
 */
public final class Sections {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Makes a channel of an entry, asking for all the keys it knows. */
    @FunctionalInterface
    interface Maker {
        Channel of(Entry entry) throws InvalidReceiverException;
    }

    /** A channel, how long each of its requests may take, the way they take, and what is done to them on it. */
    public record Made(Channel channel, Duration timeout, HttpOptions options, Layer layer) {

        /**
         * The way the channel's requests take.
         *
         * @param wires makes the way of a route
         */
        public Wire wire(Function<Route, Wire> wires, Secrets secrets, InstantSource clock) {
            return layer.over(options.wire(wires, secrets, clock), secrets, clock);
        }
    }

    private static final Map<String, Maker> MAKERS = new TreeMap<>(Map.ofEntries(
            Map.entry("webhook_configs", WebhookSection::new),
            Map.entry("slack_configs", SlackSection::new),
            Map.entry("discord_configs", DiscordSection::new),
            Map.entry("telegram_configs", TelegramSection::new),
            Map.entry("pushover_configs", PushoverSection::new),
            Map.entry("msteams_configs", TeamsCardSection::new),
            Map.entry("msteamsv2_configs", TeamsSection::new),
            Map.entry("pagerduty_configs", PagerDutySection::new),
            Map.entry("opsgenie_configs", OpsgenieSection::new),
            Map.entry("victorops_configs", VictorOpsSection::new),
            Map.entry("webex_configs", WebexSection::new),
            Map.entry("incidentio_configs", IncidentIoSection::new),
            Map.entry("mattermost_configs", MattermostSection::new),
            Map.entry("rocketchat_configs", RocketChatSection::new),
            Map.entry("sns_configs", SnsSection::new),
            Map.entry("wechat_configs", WeChatSection::new),
            Map.entry("ntfy_configs", NtfySection::new),
            Map.entry("gotify_configs", GotifySection::new),
            Map.entry("matrix_configs", MatrixSection::new),
            Map.entry("signal_configs", SignalSection::new),
            Map.entry("apprise_configs", AppriseSection::new)));

    private Sections() {}

    /** The names of the sections, {@code webhook_configs} and so on. */
    public static List<String> names() {
        return List.copyOf(MAKERS.keySet());
    }

    /**
     * A channel.
     *
     * @throws InvalidReceiverException if the entry is not allowed, or there is no such section
     */
    public static Made make(String section, Entry entry) throws InvalidReceiverException {
        Maker maker = MAKERS.get(section);
        if (maker == null) {
            throw new InvalidReceiverException("", section + " is not supported");
        }
        HttpOptions options = HttpOptions.of(entry);
        Duration timeout = entry.duration("timeout", TIMEOUT);
        Channel channel = maker.of(entry);
        entry.complete();
        if (section.equals("webex_configs") && !options.hasCredentials()) {
            throw new InvalidReceiverException("http_config", "webex_configs needs http_config.authorization");
        }
        return new Made(
                new Optioned(channel, options), timeout, options, channel instanceof Layer layer ? layer : Layer.NONE);
    }

    /** A channel with what an {@code http_config} asks for. */
    private record Optioned(Channel channel, HttpOptions options) implements Channel {

        @Override
        public List<Call> calls(Draft draft) throws DeliveryException {
            var calls = new ArrayList<Call>();
            for (Call call : channel.calls(draft)) {
                calls.add(options.apply(call, draft));
            }
            return calls;
        }

        @Override
        public String read(Answer answer) throws DeliveryException {
            return channel.read(answer);
        }
    }
}
