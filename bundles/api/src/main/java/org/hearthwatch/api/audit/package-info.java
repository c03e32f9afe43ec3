/** The audit log: who did what to what, when, from where, and whether it was allowed. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
