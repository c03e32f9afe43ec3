/** Records with a checksum one after the other in a file, and how reading goes on behind a damaged one. */
@NullMarked
package org.hearthwatch.store.frame;

import org.jspecify.annotations.NullMarked;
