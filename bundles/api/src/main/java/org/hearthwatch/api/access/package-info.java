/** Who may do what: people, tokens, sessions and the permissions routes declare. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
