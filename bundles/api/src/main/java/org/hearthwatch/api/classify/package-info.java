/** Who may see what: a class for every setting, metric and logged field. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.classify;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
