/** Which series carry which labels, and how matchers find them. */
@NullMarked
package org.hearthwatch.store.index;

import org.jspecify.annotations.NullMarked;
