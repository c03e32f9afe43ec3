/** Signing in through an OpenID provider. */
@NullMarked
package org.hearthwatch.access.oidc;

import org.jspecify.annotations.NullMarked;
