/** Connections that leave the appliance. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.net;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
