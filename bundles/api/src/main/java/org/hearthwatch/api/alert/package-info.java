/** Rules and the alerts they raise: what is watched, how it stands, and who is told. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.alert;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
