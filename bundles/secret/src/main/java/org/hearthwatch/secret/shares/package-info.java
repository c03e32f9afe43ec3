/** Share cards: a key divided among several people. */
@NullMarked
package org.hearthwatch.secret.shares;

import org.jspecify.annotations.NullMarked;
