/** Keeps time series: what is acknowledged is on disk, what is asked for is in memory. */
@NullMarked
package org.hearthwatch.store;

import org.jspecify.annotations.NullMarked;
