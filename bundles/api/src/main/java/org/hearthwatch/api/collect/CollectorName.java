package org.hearthwatch.api.collect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * What a collector is called in lists and commands, and the {@code job} label of its series, as service properties
 * ({@code hearthwatch.collector}, {@code hearthwatch.job}). Without it the name is the last part of the component's
 * configuration PID with its instance ({@code filecount-spool}), and the job is that name.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface CollectorName {

    /** Put before each property name. */
    String PREFIX_ = "hearthwatch.";

    /** The service property of {@link #collector()}. */
    String COLLECTOR = "hearthwatch.collector";

    /** The service property of {@link #job()}. */
    String JOB = "hearthwatch.job";

    /** The name, such as {@code host}: letters, digits, {@code -}, {@code _}, {@code .}; unique, else a number is added. */
    String collector();

    /** The {@code job} label; empty means the name. */
    String job() default "";
}
