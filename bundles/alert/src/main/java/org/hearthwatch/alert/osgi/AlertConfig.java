package org.hearthwatch.alert.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What stands in the configuration file; {@link AlertSettings} says what is allowed. */
@ObjectClassDefinition(
        name = "Alerts",
        description = "How rules are evaluated; the rules themselves are in etc/rules, in Prometheus's format")
@interface AlertConfig {

    @AttributeDefinition(
            name = "Evaluation interval",
            description =
                    "From one evaluation to the next, for groups that name none; 1s to 1d. What etc/prometheus.yml"
                            + " says counts more")
    String evaluationInterval() default "1m";

    @AttributeDefinition(
            name = "Query offset",
            description = "How far in the past rules look, for groups that name none; 0s to 1h. What etc/prometheus.yml"
                    + " says counts more")
    String queryOffset() default "0s";

    @AttributeDefinition(name = "Threads", description = "How many groups are evaluated at once; 1 to 64")
    String threads() default "2";

    @AttributeDefinition(
            name = "Resend delay",
            description = "How long a firing alert is not told again to those who deliver it; 1s to 1d")
    String resendDelay() default "1m";

    @AttributeDefinition(
            name = "Outage tolerance",
            description = "How long a stop may last and alerts still go on waiting where they were; 0s to 30d")
    String outageTolerance() default "1h";

    @AttributeDefinition(
            name = "Grace period",
            description =
                    "How long an alert waits at least after a restart before it fires, if it waits that long at all;"
                            + " 0s to 1d")
    String gracePeriod() default "10m";

    @AttributeDefinition(
            name = "External URL",
            description =
                    "Where people reach this appliance, for links in alerts, such as https://watch.home; empty: links"
                            + " without a host")
    String externalUrl() default "";

    @AttributeDefinition(
            name = "Rescan interval",
            description = "How often the rule files are looked at for changes; 100ms to 1h")
    String rescanInterval() default "2s";

    @AttributeDefinition(
            name = "Rule pack",
            description =
                    "How much the alerts that come with the appliance tell: quiet for what needs somebody now, balanced"
                            + " also for what needs somebody this week, everything also for what is good to know, off for nothing")
    String rulePack() default "balanced";

    @AttributeDefinition(
            name = "Disabled alerts",
            description = "Names of alerts of the rule pack that are left out, separated by commas")
    String disabledAlerts() default "";

    @AttributeDefinition(
            name = "Group by",
            description = "Without an alertmanager.yml: labels whose alerts come in one message, separated by commas")
    String groupBy() default "alertname, instance";

    @AttributeDefinition(
            name = "Group wait",
            description = "Without an alertmanager.yml: from a group's first alert to its first message; 0s to 1h")
    String groupWait() default "500ms";

    @AttributeDefinition(
            name = "Group interval",
            description = "Without an alertmanager.yml: between messages about the same group; 1s to 1d")
    String groupInterval() default "1m";

    @AttributeDefinition(
            name = "Repeat interval",
            description = "Without an alertmanager.yml: after which the same is told again; 1m to 30d")
    String repeatInterval() default "4h";

    @AttributeDefinition(
            name = "Repeat until acknowledged",
            description = "How often an alert is told again that nobody has acknowledged, if that is shorter than the"
                    + " repeat interval; 0s for never, to 7d")
    String repeatUntilAcknowledged() default "0s";

    @AttributeDefinition(
            name = "Escalate after",
            description =
                    "How long an alert fires before somebody else is told, unless it is acknowledged; 0s for never,"
                            + " to 7d")
    String escalateAfter() default "0s";

    @AttributeDefinition(name = "Escalate to", description = "The receiver who is told then")
    String escalateTo() default "";

    @AttributeDefinition(
            name = "Fallback",
            description = "The receiver who is told what another channel cannot deliver; empty for nobody")
    String fallback() default "";

    @AttributeDefinition(
            name = "Fallback after",
            description = "How long a channel is tried before its messages also go to the fallback; 0s to 1d")
    String fallbackAfter() default "2m";

    @AttributeDefinition(
            name = "Fold flapping",
            description = "Whether an alert that comes and goes is told of once: on, off, or auto, which is off with an"
                    + " alertmanager.yml")
    String foldFlapping() default "auto";

    @AttributeDefinition(
            name = "Fold causes",
            description =
                    "Whether alerts about what runs on, is stored on, depends on or is powered by something that is down"
                            + " are told with that: on, off, or auto, which is off with an alertmanager.yml")
    String foldCauses() default "auto";

    @AttributeDefinition(
            name = "Cause wait",
            description = "How long such an alert waits for its cause where there are signs of one; 0s to 10m")
    String causeWait() default "30s";

    @AttributeDefinition(
            name = "Rate limit",
            description = "How many messages a channel carries within a time, as 30/10m; what comes beyond goes out"
                    + " together as one. off for any number; auto is 30/10m, and off with an alertmanager.yml")
    String rateLimit() default "auto";

    @AttributeDefinition(
            name = "Delivery deadline",
            description = "Within which a channel has to take a message before it is tried again; 1s to 10m")
    String deliveryDeadline() default "30s";

    @AttributeDefinition(
            name = "Link lifetime",
            description = "How long the links in messages hold that acknowledge or silence; they need an externalUrl."
                    + " 0s for no links, to 30d")
    String linkLifetime() default "24h";

    @AttributeDefinition(
            name = "Forward to",
            description = "Addresses of Alertmanagers that our rules' alerts go to too, such as"
                    + " http://alertmanager.home:9093, separated by commas")
    String forwardTo() default "";

    @AttributeDefinition(
            name = "Heartbeat URL",
            description = "An address outside that is asked as long as all is well with alerting, and raises the alarm"
                    + " itself when it is not asked; empty for none")
    String heartbeatUrl() default "";

    @AttributeDefinition(name = "Heartbeat interval", description = "How often it is asked; 10s to 1d")
    String heartbeatInterval() default "1m";
}
