package org.hearthwatch.api.collect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * How often a collector runs, as service properties of its component ({@code hearthwatch.interval},
 * {@code hearthwatch.timeout}). The same keys in the component's own configuration file override it:
 *
 * <pre>{@code hearthwatch.interval = 1m}</pre>
 *
 * <p>Without the annotation the runner's own defaults hold. Durations as in {@code 15s}, {@code 5m}.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Schedule {

    /** Put before each property name. */
    String PREFIX_ = "hearthwatch.";

    /** The service property of {@link #interval()}. */
    String INTERVAL = "hearthwatch.interval";

    /** The service property of {@link #timeout()}. */
    String TIMEOUT = "hearthwatch.timeout";

    /** From the start of one run to the start of the next; 1s to 1d. */
    String interval() default "15s";

    /** When a run is interrupted and counted as failed; at most the interval. */
    String timeout() default "10s";
}
