/** Samples sent on to other stores by remote write: relabelled, in order, until they are taken. */
@NullMarked
package org.hearthwatch.prometheus.out;

import org.jspecify.annotations.NullMarked;
