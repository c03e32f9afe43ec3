package org.hearthwatch.secret.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code etc/org.hearthwatch.secret.proxmox.cfg}. */
@ObjectClassDefinition(
        name = "Tokens of Proxmox VE",
        description = "Which secrets in the vault are tokens of Proxmox VE, for hw:secret-rotate to renew at the node")
public @interface ProxmoxConfig {

    /** The configuration's name. */
    String PID = "org.hearthwatch.secret.proxmox";

    @AttributeDefinition(
            name = "Tokens",
            description =
                    "Names of secrets and their nodes: proxmox/token = https://pve1.home:8006, several separated by"
                            + " commas")
    String tokens() default "";

    @AttributeDefinition(
            name = "Keeper",
            description =
                    "The token that makes and ends the others: a reference such as secret:proxmox/keeper; empty if"
                            + " each may do it itself")
    String keeper() default "";
}
