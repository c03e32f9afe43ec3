/** Compressed runs of samples in memory. */
@NullMarked
package org.hearthwatch.store.chunk;

import org.jspecify.annotations.NullMarked;
