/** Samples that others push: remote write and text, counted and limited by sender, answered when they are on disk. */
@NullMarked
package org.hearthwatch.prometheus.in;

import org.jspecify.annotations.NullMarked;
