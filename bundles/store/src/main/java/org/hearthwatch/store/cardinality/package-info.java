/** What the series in memory consist of, counted when somebody asks. */
@NullMarked
package org.hearthwatch.store.cardinality;

import org.jspecify.annotations.NullMarked;
