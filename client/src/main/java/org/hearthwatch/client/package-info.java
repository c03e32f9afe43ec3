/** What the script {@code hearthwatch} needs of SSH on a machine without OpenSSH. */
@NullMarked
package org.hearthwatch.client;

import org.jspecify.annotations.NullMarked;
