/** What tests of bundles and plugins stand on: a clock they move, settings they write, a sink that remembers, contracts. */
@Export
@Version("0.1.0")
@NullMarked
package org.hearthwatch.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
