/** What memory holds, written down now and then, so that less of the log is read at the next start. */
@NullMarked
package org.hearthwatch.store.checkpoint;

import org.jspecify.annotations.NullMarked;
