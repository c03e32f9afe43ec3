/** Access as a component: settings, services, the state folder and the clock tick. */
@NullMarked
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>=\"org.hearthwatch.api.access.Users,org.hearthwatch.api.access.ExternalSignIn\"")
package org.hearthwatch.access.osgi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
