/** The folder's watch, the framework that plugins are installed in, what they see of it, and the settings. */
// Registered by hand, so the build cannot see it; resolvers need to know.
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.hearthwatch.api.plugin.TrustStore\"",
        uses = TrustStore.class)
@NullMarked
package org.hearthwatch.plugin.osgi;

import org.hearthwatch.api.plugin.TrustStore;
import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
