/** The proofs of Web Authentication. */
@NullMarked
package org.hearthwatch.access.passkey;

import org.jspecify.annotations.NullMarked;
