/** The little the store asks of a file system, so that tests can let it fail. */
@NullMarked
package org.hearthwatch.store.disk;

import org.jspecify.annotations.NullMarked;
