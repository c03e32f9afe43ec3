package org.hearthwatch.api.web;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers over HTTP. Register an implementation as an OSGi service and its routes are served until the service goes
 * away; nothing is served that is not declared here, and every route declares who may use it.
 *
 * <pre>{@code
 * public List<Route> routes() {
 *     return List.of(
 *         Route.get("/api/hw/tokens", Guard.needs(MANAGE_TOKENS), this::list),
 *         Route.delete("/api/hw/tokens/{name}", Guard.needs(MANAGE_TOKENS), this::revoke));
 * }
 * }</pre>
 */
@ConsumerType
public interface Routes {

    /** The routes; asked once, when the service arrives. A route that another service has already is refused and logged. */
    List<Route> routes();
}
