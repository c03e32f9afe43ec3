/** What only the container knows: bundles, components, configurations. */
@NullMarked
package org.hearthwatch.collector.runtime.osgi;

import org.jspecify.annotations.NullMarked;
