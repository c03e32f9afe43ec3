/** The appliance about itself: its vital figures, and what is wrong in words. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.health;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
