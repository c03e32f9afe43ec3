package org.hearthwatch.secret.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code etc/org.hearthwatch.secret.cfg}. */
@ObjectClassDefinition(name = "Secrets", description = "The vault and what opens it")
public @interface SecretConfig {

    /** The configuration's name. */
    String PID = "org.hearthwatch.secret";

    @AttributeDefinition(
            name = "Make a vault at the first start",
            description =
                    "Whether the appliance makes a vault by itself that opens unattended; otherwise hw:vault-init does")
    boolean createAtFirstStart() default true;

    @AttributeDefinition(
            name = "New keys after",
            description = "How old the vault's keys become before they are made anew; a duration from 1d to 10y")
    String rotateAfter() default "90d";
}
