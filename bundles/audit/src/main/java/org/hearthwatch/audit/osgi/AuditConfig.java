package org.hearthwatch.audit.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the audit log, as they stand in {@code etc/org.hearthwatch.audit.cfg}. */
@ObjectClassDefinition(name = "Audit log", description = "Who did what, when and from where")
public @interface AuditConfig {

    /** Names the component's configuration. */
    String PID = "org.hearthwatch.audit";

    @AttributeDefinition(
            name = "Checkpoint interval",
            description = "How often the state of the log is signed; a duration such as 1h, from 1m to 30d")
    String checkpointInterval() default "1h";

    @AttributeDefinition(
            name = "Size of a file",
            description = "A file of the log that is as long as this is followed by another; a size from 1MB to 1GB")
    String segmentSize() default "16MB";

    @AttributeDefinition(
            name = "Encrypt files that are full",
            description = "Whether files that are full are encrypted with the next checkpoints, for the appliance and the"
                    + " recipients of backups; true or false")
    boolean encryptFull() default false;
}
