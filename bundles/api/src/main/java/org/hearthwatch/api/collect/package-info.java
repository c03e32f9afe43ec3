/** How things are measured: the one method a collector implements, and the sink it reports to. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.collect;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
