package org.hearthwatch.prometheus.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code etc/org.hearthwatch.prometheus.api.cfg}. */
@ObjectClassDefinition(name = "Prometheus API", description = "What is answered under /api/v1 and /federate")
public @interface ApiConfig {

    /** The configuration's name. */
    String PID = "org.hearthwatch.prometheus.api";

    @AttributeDefinition(
            name = "Administration",
            description =
                    "Whether those with the scope admin may copy and delete what is stored under /api/v1/admin/tsdb: true or"
                            + " false")
    boolean adminApi() default true;

    @AttributeDefinition(
            name = "Snapshots",
            description =
                    "The directory snapshots are made in; it should be on the file system of the store. Empty means"
                            + " hearthwatch/snapshots in the data directory")
    String snapshots() default "";

    @AttributeDefinition(
            name = "External labels",
            description =
                    "Labels added to what another Prometheus fetches from /federate where a series does not have them, such as"
                            + " site=home, env=lab")
    String externalLabels() default "";
}
