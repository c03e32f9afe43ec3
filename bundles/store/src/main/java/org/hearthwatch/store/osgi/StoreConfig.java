package org.hearthwatch.store.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the store, as they stand in {@code etc/org.hearthwatch.store.cfg}. */
@ObjectClassDefinition(name = "Store", description = "How much of the past is kept, and what is let in")
public @interface StoreConfig {

    @AttributeDefinition(
            name = "Retention",
            description = "Samples as they came are dropped when older than this; a duration such as 15d, at least 1h")
    String retention() default "15d";

    @AttributeDefinition(
            name = "Retention by size",
            description = "All on disk together is kept below this by dropping the oldest blocks; 0 for no limit, or at"
                    + " least 64MB")
    String retentionSize() default "0";

    @AttributeDefinition(
            name = "Memory",
            description =
                    "Samples in memory are kept below this by moving them to blocks on disk; 1MB to half of the heap")
    String memory() default "64MB";

    @AttributeDefinition(
            name = "Out-of-order window",
            description = "How much older than the newest sample another may come; a duration, 0 to 3650d")
    String outOfOrderWindow() default "24h";

    @AttributeDefinition(
            name = "Future window",
            description = "How far ahead of this machine's clock a sample may be; a duration, 0 to 1d")
    String futureWindow() default "10m";

    @AttributeDefinition(
            name = "Series",
            description =
                    "How many series there may be at a time, 1 to 10000000; more are refused. A series takes about"
                            + " 600 bytes of heap")
    String maxSeries() default "100000";

    @AttributeDefinition(
            name = "Commit interval",
            description =
                    "How long samples are gathered before they are written, where nobody waits for them; 0 to 10s")
    String commitInterval() default "250ms";

    @AttributeDefinition(
            name = "Reserve",
            description = "Disk space held back, and given up when the disk is full so that what was taken can still be"
                    + " written; 0 to 1GB")
    String reserve() default "64MB";

    @AttributeDefinition(
            name = "Tiers",
            description = "Coarser copies that are kept longer, as width:time[:size], or off")
    String tiers() default "5m:90d,1h:3y";

    @AttributeDefinition(
            name = "Retention by metric",
            description = "Other retention for some series, as selector=duration, several with ; between them")
    String metricRetention() default "";

    @AttributeDefinition(
            name = "Tail limit",
            description = "How much of the log is kept for those who send samples on and are behind; a size, from 0")
    String tailLimit() default "2GB";
}
