/** Settings, threads and services. */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.hearthwatch.api.notify.Notifier\"",
        uses = Notifier.class)
@NullMarked
package org.hearthwatch.notifier.webhook.osgi;

import org.hearthwatch.api.notify.Notifier;
import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
