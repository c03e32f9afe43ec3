/** What a measurement is: labels, samples, and the descriptors collectors declare their metrics with. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.metric;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
