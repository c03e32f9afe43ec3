/** The series that are in memory, with their samples. */
@NullMarked
package org.hearthwatch.store.head;

import org.jspecify.annotations.NullMarked;
