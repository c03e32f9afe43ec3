/** Block devices and mounted file systems. */
@NullMarked
package org.hearthwatch.collector.host.disk;

import org.jspecify.annotations.NullMarked;
