/** How many alerts at once get to people, and how soon. */
@NullMarked
package org.hearthwatch.benchmarks.alert;

import org.jspecify.annotations.NullMarked;
