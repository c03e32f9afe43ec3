/** Tells causes from consequences by the inventory. */
@NullMarked
package org.hearthwatch.alert.cause;

import org.jspecify.annotations.NullMarked;
