/** Keys that never leave a hardware token, by PKCS#11. */
@NullMarked
package org.hearthwatch.secret.token;

import org.jspecify.annotations.NullMarked;
