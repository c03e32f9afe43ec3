/** Turns settings into rules and offers the services. */
// The gate is registered by hand with what belongs to it, so the build cannot see it; resolvers need to know.
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.hearthwatch.api.net.Egress\"",
        uses = Egress.class)
@NullMarked
package org.hearthwatch.transport.osgi;

import org.hearthwatch.api.net.Egress;
import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
