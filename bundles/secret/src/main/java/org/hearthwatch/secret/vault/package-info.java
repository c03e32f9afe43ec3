/** The vault's file and what is done with it. */
@NullMarked
package org.hearthwatch.secret.vault;

import org.jspecify.annotations.NullMarked;
