/** What there is, and what stands on what: the graph that tells a cause from its consequences. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.inventory;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
