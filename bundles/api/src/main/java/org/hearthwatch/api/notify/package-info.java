/** Messages to people, and the channels that carry them. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.notify;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
