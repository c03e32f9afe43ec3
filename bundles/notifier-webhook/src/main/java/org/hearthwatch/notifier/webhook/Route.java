package org.hearthwatch.notifier.webhook;

import java.util.Optional;
import org.hearthwatch.api.net.EndpointTls;

/** The way a receiver's requests take: whom TLS trusts there, and through which proxy. */
public record Route(EndpointTls tls, Optional<ProxyRule> proxy) {

    /** Straight, with the appliance's own TLS settings. */
    public static final Route DIRECT = new Route(EndpointTls.NONE, Optional.empty());
}
