/** The one syntax of durations and sizes in configuration, and the refusal of a bad setting. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.api.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
