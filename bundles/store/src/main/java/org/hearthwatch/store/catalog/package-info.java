/** The catalogue on disk: which number stands for which series. */
@NullMarked
package org.hearthwatch.store.catalog;

import org.jspecify.annotations.NullMarked;
