package org.hearthwatch.query.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What stands in the configuration file; {@link SettingsReader} says what is allowed. */
@ObjectClassDefinition(name = "Queries", description = "How PromQL is understood, and what a query may use up")
@interface QueryConfig {

    @AttributeDefinition(
            name = "Time-out",
            description = "How long a query may take, waiting for its turn included; 1s to 1h")
    String timeout() default "2m";

    @AttributeDefinition(name = "Queries at once", description = "How many queries run at once; others wait; 1 to 1000")
    String maxConcurrency() default "20";

    @AttributeDefinition(
            name = "Samples",
            description = "How many samples one query may hold in memory at once; 1000 to 1000000000")
    String maxSamples() default "10000000";

    @AttributeDefinition(
            name = "Memory",
            description = "How much memory all running queries may hold together; 1MB to half of the heap")
    String maxMemory() default "64MB";

    @AttributeDefinition(
            name = "Lookback",
            description = "How old a series' newest sample may be and still count as its value; 1s to 1d")
    String lookback() default "5m";

    @AttributeDefinition(
            name = "Subquery step",
            description = "The step of subqueries that name none, such as max_over_time(x[1h:]); 1s to 1d")
    String subqueryStep() default "1m";

    @AttributeDefinition(
            name = "Features",
            description = "Experimental parts of the language that are on, separated by commas:"
                    + " promql-experimental-functions, promql-duration-expr, promql-delayed-name-removal,"
                    + " promql-per-step-stats")
    String features() default "";

    @AttributeDefinition(
            name = "Engine",
            description = "Who answers: embedded, over what is stored here; or remote, an engine with Prometheus's API")
    String engine() default "embedded";

    @AttributeDefinition(
            name = "Remote engine's address",
            description = "What stands before /api/v1, such as http://mimir.lan:8080/prometheus; http or https")
    String remoteUrl() default "";

    @AttributeDefinition(
            name = "Remote engine's headers",
            description = "Further request headers: X-Scope-OrgID: home, separated by commas; not for secrets")
    String remoteHeaders() default "";

    @AttributeDefinition(name = "User name at the remote engine", description = "For basic authentication")
    String remoteUsername() default "";

    @AttributeDefinition(
            name = "Password at the remote engine",
            description = "A reference to the password for basic authentication, such as secret:mimir/password")
    String remotePassword() default "";

    @AttributeDefinition(
            name = "Token for the remote engine",
            description =
                    "A reference to a bearer token, such as secret:mimir/token; instead of user name and password")
    String remoteToken() default "";

    @AttributeDefinition(
            name = "Remote engine's time-out",
            description = "How long an answer may take, if timeout does not say less; 1s to 10m")
    String remoteTimeout() default "30s";

    @AttributeDefinition(
            name = "Fallback",
            description =
                    "How much of the newest time is answered from what is stored here while the remote engine does"
                            + " not answer; 0s for none, at most 1d")
    String fallback() default "1h";
}
