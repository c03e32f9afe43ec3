/** Following the log: places that survive restarts, and what stands behind them. */
@NullMarked
package org.hearthwatch.store.tail;

import org.jspecify.annotations.NullMarked;
