/** Where configuration becomes settings and threads begin. */
@NullMarked
package org.hearthwatch.collector.host.osgi;

import org.jspecify.annotations.NullMarked;
