/** Immutable files of samples, written once: many series over a time, or their downsampled intervals. */
@NullMarked
package org.hearthwatch.store.block;

import org.jspecify.annotations.NullMarked;
