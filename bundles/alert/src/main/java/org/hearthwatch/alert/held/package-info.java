/** The alerts there are, from wherever they come. */
@NullMarked
package org.hearthwatch.alert.held;

import org.jspecify.annotations.NullMarked;
