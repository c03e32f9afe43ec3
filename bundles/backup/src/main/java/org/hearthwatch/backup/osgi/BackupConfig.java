package org.hearthwatch.backup.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code etc/org.hearthwatch.backup.cfg}. */
@ObjectClassDefinition(name = "Backups", description = "When backups are made, for whom, and how many stay")
public @interface BackupConfig {

    /** The configuration's name. */
    String PID = "org.hearthwatch.backup";

    @AttributeDefinition(
            name = "How often",
            description = "How often a backup is made, 1h to 30d; 0s makes none by itself")
    String every() default "1d";

    @AttributeDefinition(
            name = "Trial",
            description = "How often the newest backup is unpacked on trial, 1d to 365d; 0s tries none by itself")
    String drillEvery() default "30d";

    @AttributeDefinition(name = "How many stay", description = "The oldest beyond this number are deleted, 1 to 1000")
    int keep() default 7;

    @AttributeDefinition(
            name = "Folder",
            description = "Where archives are written, an absolute path; empty: backups in the home folder")
    String folder() default "";

    @AttributeDefinition(
            name = "Recipients",
            description = "Public keys of age (age1...), separated by commas: who can open the archives besides this"
                    + " appliance")
    String recipients() default "";

    @AttributeDefinition(
            name = "Passphrase",
            description = "A reference such as secret:backup/passphrase: archives open by it, and by no key")
    String passphrase() default "";

    @AttributeDefinition(name = "Samples too", description = "Whether the backups made by themselves hold the samples")
    boolean samples() default false;

    @AttributeDefinition(
            name = "Encrypt full logs",
            description = "Whether log files that are full are encrypted, for the appliance and the recipients")
    boolean encryptLogs() default false;
}
