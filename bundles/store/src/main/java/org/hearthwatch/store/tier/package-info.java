/** Downsampling: samples into intervals, intervals into wider ones, and back into samples. */
@NullMarked
package org.hearthwatch.store.tier;

import org.jspecify.annotations.NullMarked;
