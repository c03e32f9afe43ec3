/** Security profiles, and what the appliance promises and holds. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.security;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
