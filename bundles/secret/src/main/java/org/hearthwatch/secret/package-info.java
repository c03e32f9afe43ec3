/** Hands out secrets: from the vault, the environment, files and systemd's credentials. */
@NullMarked
package org.hearthwatch.secret;

import org.jspecify.annotations.NullMarked;
