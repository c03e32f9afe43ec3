/** Channels, each with its own thread, retries, limits and fall-back. */
@NullMarked
package org.hearthwatch.alert.delivery;

import org.jspecify.annotations.NullMarked;
