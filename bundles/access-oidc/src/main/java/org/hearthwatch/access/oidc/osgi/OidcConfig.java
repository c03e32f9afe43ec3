package org.hearthwatch.access.oidc.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code etc/org.hearthwatch.access.oidc.cfg}. */
@ObjectClassDefinition(
        name = "OpenID sign-in",
        description = "Signing in through an OpenID provider; off without an issuer")
public @interface OidcConfig {

    /** The configuration's name. */
    String PID = "org.hearthwatch.access.oidc";

    @AttributeDefinition(name = "Title", description = "What the sign-in page calls the provider")
    String title() default "OpenID";

    @AttributeDefinition(
            name = "Issuer",
            description = "The provider's address exactly as it names itself; empty switches this off")
    String issuer() default "";

    @AttributeDefinition(name = "Client id", description = "As registered at the provider")
    String clientId() default "";

    @AttributeDefinition(
            name = "Client secret",
            description = "A reference such as secret:oidc/client, never the secret; empty for a public client")
    String clientSecret() default "";

    @AttributeDefinition(
            name = "Address of the console",
            description = "As browsers open it, such as https://nas.lan:8470; the provider sends them back to"
                    + " /api/hw/sign-in/return there")
    String consoleAddress() default "http://127.0.0.1:8470";

    @AttributeDefinition(name = "Scopes", description = "Asked for beside openid, separated by spaces")
    String scopes() default "profile groups";

    @AttributeDefinition(name = "Name claim", description = "What holds the user's name")
    String nameClaim() default "preferred_username";

    @AttributeDefinition(name = "Groups claim", description = "What holds the user's groups")
    String groupsClaim() default "groups";

    @AttributeDefinition(
            name = "Roles",
            description =
                    "What each group gives here, such as hw-admins=admin, family=viewer; who is in none does not come"
                            + " in")
    String roles() default "";
}
