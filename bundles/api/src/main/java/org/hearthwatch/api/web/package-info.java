/** How a bundle answers over HTTP: routes that declare their permission, and the exchange a handler sees. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.web;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
