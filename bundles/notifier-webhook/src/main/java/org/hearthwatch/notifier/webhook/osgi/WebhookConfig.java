package org.hearthwatch.notifier.webhook.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What stands in the configuration file of a channel; {@link ChannelSettings} says what is allowed. */
@ObjectClassDefinition(
        name = "Notifications over HTTP",
        description = "A phone, a chat room, a pager or a webhook that alerts are told to; one file each")
@interface WebhookConfig {

    @AttributeDefinition(
            name = "Kind",
            description = "What it speaks: ntfy, gotify, telegram, matrix, discord, slack, mattermost, pushover, teams,"
                    + " signal, apprise, pagerduty or webhook",
            options = {
                @Option(label = "ntfy", value = "ntfy"),
                @Option(label = "Gotify", value = "gotify"),
                @Option(label = "Telegram", value = "telegram"),
                @Option(label = "Matrix", value = "matrix"),
                @Option(label = "Discord", value = "discord"),
                @Option(label = "Slack", value = "slack"),
                @Option(label = "Mattermost", value = "mattermost"),
                @Option(label = "Pushover", value = "pushover"),
                @Option(label = "Teams", value = "teams"),
                @Option(label = "Signal", value = "signal"),
                @Option(label = "Apprise", value = "apprise"),
                @Option(label = "PagerDuty", value = "pagerduty"),
                @Option(label = "Webhook", value = "webhook")
            })
    String kind() default "";

    @AttributeDefinition(
            name = "Address",
            description = "Such as https://ntfy.home/alerts; or a reference such as secret:slack/url where the address"
                    + " itself is a secret")
    String url() default "";

    @AttributeDefinition(
            name = "Token",
            description = "A reference to the token, such as secret:ntfy/token or file:/run/secrets/ntfy")
    String token() default "";

    @AttributeDefinition(
            name = "Target",
            description = "Whom it goes to, where the address does not say: Telegram's chat, Matrix's room, Slack's"
                    + " channel, Pushover's user key, Signal's numbers, Apprise's tag")
    String target() default "";

    @AttributeDefinition(
            name = "Sender",
            description = "Whom it comes from: Signal's own number; a name for Discord, Slack and Mattermost")
    String sender() default "";

    @AttributeDefinition(name = "Title", description = "A template of Alertmanager's kind; empty for a good one")
    String title() default "";

    @AttributeDefinition(name = "Text", description = "A template of Alertmanager's kind; empty for a good one")
    String text() default "";

    @AttributeDefinition(
            name = "Priorities",
            description = "The service's priority for each severity, the gravest first, with other and resolved:"
                    + " critical=5, warning=4, other=3, resolved=2")
    String priorities() default "";

    @AttributeDefinition(
            name = "Buttons",
            description = "Whether links to acknowledge and to silence are shown: true or false; empty for true")
    String buttons() default "";

    @AttributeDefinition(
            name = "Signing key",
            type = AttributeType.PASSWORD,
            description = "A reference to the key that a webhook's requests are signed with")
    String signingKey() default "";

    @AttributeDefinition(
            name = "Most alerts",
            description = "How many alerts a webhook is told in one request; empty or 0 for all")
    String maxAlerts() default "";

    @AttributeDefinition(name = "Time-out", description = "How long an answer may take; 1s to 5m")
    String timeout() default "10s";
}
