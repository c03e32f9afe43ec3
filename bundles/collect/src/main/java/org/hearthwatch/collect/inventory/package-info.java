/** Finds out what there is, and what stands on what. */
@NullMarked
package org.hearthwatch.collect.inventory;

import org.jspecify.annotations.NullMarked;
