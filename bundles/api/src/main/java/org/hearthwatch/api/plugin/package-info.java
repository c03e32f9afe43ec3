/** Bundles dropped in at run time: signatures, quarantine, approval, removal. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
