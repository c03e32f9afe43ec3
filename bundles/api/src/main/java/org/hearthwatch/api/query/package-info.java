/** Asking in PromQL: the engine, its results and its refusals. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.query;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
