/** A file of records that survives a crash between any two steps. */
@NullMarked
package org.hearthwatch.alert.journal;

import org.jspecify.annotations.NullMarked;
