/** Settings, threads and services. */
// Registered by hand, as long as the settings can be used.
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.hearthwatch.api.notify.Notifier\"",
        uses = Notifier.class)
@NullMarked
package org.hearthwatch.notifier.mail.osgi;

import org.hearthwatch.api.notify.Notifier;
import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
