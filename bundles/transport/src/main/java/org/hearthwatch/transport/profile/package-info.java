/** Security profiles, and the table of promises. */
@NullMarked
package org.hearthwatch.transport.profile;

import org.jspecify.annotations.NullMarked;
