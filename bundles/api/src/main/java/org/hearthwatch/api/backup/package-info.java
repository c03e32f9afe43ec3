/** Backups: encrypted copies of settings and state. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.backup;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
