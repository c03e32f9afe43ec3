/** Series known by the bytes they arrive as, so that the same series need not be understood again. */
@NullMarked
package org.hearthwatch.prometheus.intern;

import org.jspecify.annotations.NullMarked;
