/** The newest exemplars, in memory. */
@NullMarked
package org.hearthwatch.store.exemplar;

import org.jspecify.annotations.NullMarked;
