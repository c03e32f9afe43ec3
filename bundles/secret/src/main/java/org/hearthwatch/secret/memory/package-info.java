/** Where the master key is while the vault is open. */
@NullMarked
package org.hearthwatch.secret.memory;

import org.jspecify.annotations.NullMarked;
