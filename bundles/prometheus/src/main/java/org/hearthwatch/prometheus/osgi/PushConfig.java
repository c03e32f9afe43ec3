package org.hearthwatch.prometheus.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What stands in the configuration file; {@link PushSettings} says what is allowed. */
@ObjectClassDefinition(
        name = "Prometheus",
        description = "What senders may push: remote write, OTLP, text; the limits count for each sender by itself")
@interface PushConfig {

    @AttributeDefinition(name = "Body", description = "The longest request body, as sent; 64KB to 1GB")
    String maxBody() default "8MB";

    @AttributeDefinition(name = "Unpacked body", description = "The longest request body once unpacked; 64KB to 1GB")
    String maxUnpackedBody() default "32MB";

    @AttributeDefinition(
            name = "Samples in a request",
            description = "How many samples one request may bring; 1 to 10000000")
    String maxSamplesPerRequest() default "200000";

    @AttributeDefinition(
            name = "Samples per second",
            description = "How many samples one sender may bring in a second, on the average of ten; 1 to 100000000")
    String samplesPerSecond() default "100000";

    @AttributeDefinition(
            name = "Series",
            description = "How many different series one sender may send within an hour; 1 to 10000000")
    String maxSeriesPerSender() default "200000";

    @AttributeDefinition(
            name = "Memory",
            description = "What all requests that are being read may hold together; at least the longest body, packed"
                    + " and unpacked")
    String memory() default "64MB";

    @AttributeDefinition(
            name = "Patience",
            description = "How long a request waits for its samples to be on disk before its sender has to repeat it;"
                    + " 100ms to 1m")
    String patience() default "10s";

    @AttributeDefinition(
            name = "Promoted attributes",
            description = "OTLP resource attributes that become labels of every series, separated by commas")
    String promoteResourceAttributes() default "";
}
