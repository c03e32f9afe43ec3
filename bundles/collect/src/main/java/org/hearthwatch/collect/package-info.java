/** Runs collectors: keeps their beat, ends what hangs, holds the limits, and marks what is gone. */
@NullMarked
package org.hearthwatch.collect;

import org.jspecify.annotations.NullMarked;
