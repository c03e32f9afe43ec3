package org.hearthwatch.notifier.webhook.osgi;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.SecretText;
import org.hearthwatch.notifier.webhook.Signed;
import org.hearthwatch.notifier.webhook.section.Kind;

/** A channel made of what stands in its configuration file. */
record ChannelSettings(Kind kind, Channel channel, Duration timeout) {

    static final String PID = "org.hearthwatch.notifier.webhook";

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(5);
    private static final String HIDDEN = "***";

    /**
     * Reads settings.
     *
     * @param pid the file's
     * @throws InvalidSettingException naming the first setting that is not allowed
     */
    static ChannelSettings of(String pid, WebhookConfig config, InstantSource clock) {
        var reader = new SettingReader(pid);
        Kind kind = Kind.named(config.kind().strip())
                .orElseThrow(() -> reader.refused("kind", config.kind(), "one of " + Kind.words()));
        var settings = new LinkedHashMap<String, String>();
        settings.put("url", config.url());
        settings.put(
                "token",
                reader.reference("token", config.token())
                        .map(SecretRef::toString)
                        .orElse(""));
        settings.put("target", config.target());
        settings.put("sender", config.sender());
        settings.put("title", config.title());
        settings.put("text", config.text());
        settings.put("priorities", config.priorities());
        settings.put("buttons", config.buttons());
        settings.put("maxAlerts", config.maxAlerts());
        Channel channel;
        try {
            channel = kind.make(settings).channel();
        } catch (InvalidReceiverException e) {
            throw refusal(reader, e, settings);
        }
        Optional<SecretRef> key = reader.reference("signingKey", config.signingKey());
        if (key.isPresent()) {
            if (kind != Kind.WEBHOOK) {
                throw reader.refused("signingKey", HIDDEN, "nothing, unless kind is webhook");
            }
            channel = new Signed(channel, SecretText.of(key.get().toString()), clock);
        }
        return new ChannelSettings(kind, channel, reader.duration("timeout", config.timeout(), LEAST, MOST));
    }

    private static InvalidSettingException refusal(
            SettingReader reader, InvalidReceiverException e, Map<String, String> settings) {
        boolean mayBeSecret = e.key().equals("url") || e.key().equals("target");
        String value = settings.getOrDefault(e.key(), "");
        var refusal = reader.refused(
                e.key(), mayBeSecret && !value.isEmpty() ? HIDDEN : value, "another value: " + e.getMessage());
        refusal.initCause(e);
        return refusal;
    }
}
