@NullMarked
package org.hearthwatch.collect;

import org.jspecify.annotations.NullMarked;
