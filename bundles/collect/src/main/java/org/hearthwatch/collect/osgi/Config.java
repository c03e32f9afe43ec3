package org.hearthwatch.collect.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the runner, {@code etc/org.hearthwatch.collect.cfg}. */
@ObjectClassDefinition(name = "Collecting", description = "How collectors are run, and how much one of them may report")
@interface Config {

    @AttributeDefinition(
            name = "Instance",
            description = "The instance label of everything collected on this machine; empty means its host name",
            required = false)
    String instance() default "";

    @AttributeDefinition(
            name = "Interval",
            description = "From one run to the next, for collectors that do not say; 1s to 1d",
            required = false)
    String interval() default "15s";

    @AttributeDefinition(
            name = "Time-out",
            description = "When a run is interrupted, for collectors that do not say; at most the interval",
            required = false)
    String timeout() default "10s";

    @AttributeDefinition(
            name = "Threads",
            description = "How many collectors may run at once",
            min = "1",
            max = "64",
            required = false)
    int threads() default 4;

    @AttributeDefinition(
            name = "Replacement threads",
            description = "How many threads held by collectors that never end are replaced; beyond, fewer run at once",
            min = "0",
            max = "64",
            required = false)
    int replacementThreads() default 8;

    @AttributeDefinition(
            name = "Collectors",
            description = "How many collectors there may be",
            min = "1",
            max = "10000",
            required = false)
    int maxCollectors() default 500;

    @AttributeDefinition(
            name = "Series per collector",
            description = "How many series one run may report; a run with more is refused whole",
            min = "1",
            max = "1000000",
            required = false)
    int maxSeriesPerCollector() default 20_000;

    @AttributeDefinition(
            name = "Labels",
            description = "How many labels a series may have, beside job and instance",
            min = "1",
            max = "100",
            required = false)
    int maxLabels() default 30;

    @AttributeDefinition(
            name = "Label value length",
            description = "The longest label value, in characters",
            min = "1",
            max = "65536",
            required = false)
    int maxLabelValueLength() default 1024;

    @AttributeDefinition(
            name = "Longest back-off",
            description = "The longest time between two runs of a collector that keeps failing; 1s to 1d",
            required = false)
    String maxBackOff() default "10m";
}
