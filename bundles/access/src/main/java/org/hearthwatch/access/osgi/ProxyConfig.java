package org.hearthwatch.access.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code etc/org.hearthwatch.access.proxy.cfg}. */
@ObjectClassDefinition(
        name = "Sign-in by a proxy",
        description = "A proxy in front that signs people in and names them in headers; off without addresses")
public @interface ProxyConfig {

    /** The configuration's name. */
    String PID = "org.hearthwatch.access.proxy";

    @AttributeDefinition(
            name = "Addresses",
            description = "The proxy's own addresses, such as 127.0.0.1, with commas between; empty switches this off")
    String addresses() default "";

    @AttributeDefinition(
            name = "Secret",
            description = "What the proxy presents beside the name: a reference such as secret:proxy, never the secret")
    String secret() default "";

    @AttributeDefinition(name = "Secret header", description = "Where the proxy presents it")
    String secretHeader() default "X-Hearthwatch-Proxy";

    @AttributeDefinition(name = "User header", description = "Where the proxy names the person")
    String userHeader() default "Remote-User";

    @AttributeDefinition(name = "Groups header", description = "Where the proxy lists the person's groups")
    String groupsHeader() default "Remote-Groups";

    @AttributeDefinition(
            name = "Roles",
            description =
                    "What each group gives here, such as hw-admins=admin, family=viewer; who is in none does not come"
                            + " in")
    String roles() default "";
}
