/** What people declare of the inventory in {@code etc/inventory.yml}. */
@NullMarked
package org.hearthwatch.alert.inventory;

import org.jspecify.annotations.NullMarked;
