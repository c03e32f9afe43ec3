/** Where samples live: appending batches, selecting series, reading the newest values. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
