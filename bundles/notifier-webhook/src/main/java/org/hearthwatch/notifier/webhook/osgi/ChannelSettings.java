package org.hearthwatch.notifier.webhook.osgi;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
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
    private static final String REFERENCE = "a reference such as secret:NAME, env:NAME, file:/PATH or credential:NAME";

    /**
     * Reads settings.
     *
     * @param pid the file's
     * @throws InvalidSettingException naming the first setting that is not allowed
     */
    static ChannelSettings of(String pid, WebhookConfig config, InstantSource clock) {
        Kind kind = Kind.named(config.kind().strip())
                .orElseThrow(() -> new InvalidSettingException(pid, "kind", config.kind(), "one of " + Kind.words()));
        var settings = new LinkedHashMap<String, String>();
        settings.put("url", config.url());
        settings.put("token", reference(pid, "token", config.token()));
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
            throw refusal(pid, e, settings);
        }
        String key = reference(pid, "signingKey", config.signingKey());
        if (!key.isEmpty()) {
            if (kind != Kind.WEBHOOK) {
                throw new InvalidSettingException(pid, "signingKey", HIDDEN, "nothing, unless kind is webhook");
            }
            channel = new Signed(channel, SecretText.of(key), clock);
        }
        return new ChannelSettings(kind, channel, timeout(pid, config.timeout()));
    }

    private static InvalidSettingException refusal(
            String pid, InvalidReceiverException e, Map<String, String> settings) {
        boolean mayBeSecret = e.key().equals("url") || e.key().equals("target");
        String value = settings.getOrDefault(e.key(), "");
        var refusal = new InvalidSettingException(
                pid, e.key(), mayBeSecret && !value.isEmpty() ? HIDDEN : value, "another value: " + e.getMessage());
        refusal.initCause(e);
        return refusal;
    }

    private static String reference(String pid, String key, String value) {
        String stripped = value.strip();
        if (!stripped.isEmpty() && !SecretRef.isReference(stripped)) {
            throw new InvalidSettingException(pid, key, HIDDEN, REFERENCE);
        }
        return stripped;
    }

    private static Duration timeout(String pid, String text) {
        String allowed =
                HumanDuration.ALLOWED + ", from " + HumanDuration.format(LEAST) + " to " + HumanDuration.format(MOST);
        try {
            Duration timeout = HumanDuration.parse(text);
            if (timeout.compareTo(LEAST) >= 0 && timeout.compareTo(MOST) <= 0) {
                return timeout;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as what is out of bounds.
        }
        throw new InvalidSettingException(pid, "timeout", text, allowed);
    }
}
