package org.hearthwatch.prometheus.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What stands in the configuration file of an endpoint; {@link SendSettingsReader} says what is allowed. */
@ObjectClassDefinition(
        name = "Remote write",
        description = "An endpoint that every sample is sent on to by Prometheus remote write 1.0; one file each")
@interface SendConfig {

    @AttributeDefinition(name = "Address", description = "Such as https://mimir.lan/api/v1/push; http or https")
    String url() default "";

    @AttributeDefinition(
            name = "Relabelling",
            description = "Prometheus's write_relabel_configs in YAML's flow style, in one line")
    String writeRelabel() default "";

    @AttributeDefinition(
            name = "External labels",
            description = "Labels that series get which have none of that name: site=home, separated by commas")
    String externalLabels() default "";

    @AttributeDefinition(
            name = "Headers",
            description = "Further request headers: X-Scope-OrgID: home, separated by commas; not for secrets")
    String headers() default "";

    @AttributeDefinition(name = "User name", description = "For basic authentication")
    String username() default "";

    @AttributeDefinition(
            name = "Password",
            description = "A reference to the password for basic authentication, such as file:/run/secrets/mimir")
    String password() default "";

    @AttributeDefinition(
            name = "Token",
            description = "A reference to a bearer token, such as env:MIMIR_TOKEN; instead of user name and password")
    String token() default "";

    @AttributeDefinition(
            name = "Certificate authorities",
            description = "A PEM file of whom to trust with TLS; empty for those the system trusts")
    String ca() default "";

    @AttributeDefinition(name = "Certificate", description = "A PEM file of our own certificate and its chain")
    String cert() default "";

    @AttributeDefinition(name = "Key", description = "A PEM file of our certificate's key, PKCS 8, not encrypted")
    String key() default "";

    @AttributeDefinition(name = "Samples at a time", description = "For all shards together; 1 to 100000")
    String samplesPerSend() default "2000";

    @AttributeDefinition(name = "Shards", description = "How many requests are on their way at once; 1 to 8")
    String shards() default "1";

    @AttributeDefinition(name = "Time-out", description = "How long an answer may take; 1s to 5m")
    String timeout() default "30s";

    @AttributeDefinition(name = "Age", description = "Older samples are not sent any more; 1m to 10y")
    String maxAge() default "7d";
}
