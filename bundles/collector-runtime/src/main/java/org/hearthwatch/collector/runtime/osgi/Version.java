package org.hearthwatch.collector.runtime.osgi;

import java.util.Objects;
import org.osgi.framework.BundleContext;

/** Which Hearthwatch this is. */
final class Version {

    private static final String PROPERTY = "hearthwatch.version";

    private Version() {}

    /** What the program says it is, else this bundle's version. */
    static String of(BundleContext context) {
        return Objects.requireNonNullElse(
                context.getProperty(PROPERTY), context.getBundle().getVersion().toString());
    }
}
