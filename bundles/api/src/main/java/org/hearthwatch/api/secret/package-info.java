/** Values that must never be shown. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.secret;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
