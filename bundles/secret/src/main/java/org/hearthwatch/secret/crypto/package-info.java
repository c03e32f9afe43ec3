/** The algorithms, each in a few lines over Bouncy Castle's, so that the format's rules stand in one place. */
@NullMarked
package org.hearthwatch.secret.crypto;

import org.jspecify.annotations.NullMarked;
