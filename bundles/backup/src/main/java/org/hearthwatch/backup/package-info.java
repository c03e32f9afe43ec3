/** Archives: what goes in, what comes out, and how it is put back. */
@NullMarked
package org.hearthwatch.backup;

import org.jspecify.annotations.NullMarked;
