package org.hearthwatch.collector.external.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings as they stand in the file of one program. */
@ObjectClassDefinition(
        name = "External collector",
        description = "A program that prints Prometheus text, run apart from the appliance and with limits")
public @interface ExternalConfig {

    /** The configuration's name. */
    String PID = "org.hearthwatch.collector.external";

    @AttributeDefinition(
            description = "The program's absolute path and its arguments; quotes hold blanks together, no shell takes part")
    String command();

    @AttributeDefinition(description = "The job label of what it reports; empty for the collector's name", required = false)
    String job() default "";

    @AttributeDefinition(description = "How often it runs; a duration, 1s to 1d")
    String interval() default "1m";

    @AttributeDefinition(
            description = "When it is killed with all it began; a duration, 100ms to 1h, at most the interval")
    String timeout() default "10s";

    @AttributeDefinition(description = "How much memory it may take; a size, 1MB to 64GB")
    String memory() default "256MB";

    @AttributeDefinition(description = "How much it may print; a size, 1KB to 64MB")
    String maxOutput() default "1MB";

    @AttributeDefinition(description = "How many samples it may report; 1 to 1000000")
    int maxSamples() default 5000;

    @AttributeDefinition(
            description = "Whose rights it gets, where the appliance runs as root; empty for nobody, or with systemd for a"
                    + " user made for the run",
            required = false)
    String user() default "";

    @AttributeDefinition(description = "Whether it may use the network")
    boolean network() default false;

    @AttributeDefinition(description = "Labels that every sample gets: NAME=VALUE, separated by commas", required = false)
    String labels() default "";

    @AttributeDefinition(
            description = "What it finds in its environment: NAME=VALUE, separated by commas; no secrets",
            required = false)
    String environment() default "";

    @AttributeDefinition(
            description = "Secrets it gets: NAME=REFERENCE, separated by commas, such as TOKEN=secret:router/token",
            required = false)
    String secrets() default "";

    @AttributeDefinition(
            description = "How it gets them: input (lines NAME=value on its standard input) or environment")
    String secretsBy() default "input";

    @AttributeDefinition(
            description = "What keeps it apart: auto (the best there is), or one without which it is not run: systemd,"
                    + " bubblewrap, limits")
    String isolation() default "auto";
}
