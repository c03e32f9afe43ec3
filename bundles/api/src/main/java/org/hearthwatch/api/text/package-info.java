/** The text in which programs of all kinds report metrics: Prometheus's text format, read into what a collector reports. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
