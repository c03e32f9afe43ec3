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
}
