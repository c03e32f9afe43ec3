/** Rules and the routing of their alerts as components: settings, files, threads and services. */
// Registered by hand once their files are open, so the build cannot see them; resolvers need to know.
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.hearthwatch.api.alert.AlertDesk,org.hearthwatch.api.alert.Routing,"
                + "org.hearthwatch.api.alert.Silences,org.hearthwatch.api.web.Routes,"
                + "org.hearthwatch.api.inventory.InventorySource\"",
        uses = {AlertDesk.class, Routing.class, Silences.class, Routes.class, InventorySource.class})
@NullMarked
package org.hearthwatch.alert.osgi;

import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.alert.Silences;
import org.hearthwatch.api.inventory.InventorySource;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
