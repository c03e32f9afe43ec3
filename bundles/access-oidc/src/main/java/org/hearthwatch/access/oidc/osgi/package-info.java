/** Signing in through an OpenID provider: settings, threads and connections. */
@NullMarked
package org.hearthwatch.access.oidc.osgi;

import org.jspecify.annotations.NullMarked;
