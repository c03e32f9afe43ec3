/** Whose word counts: keys, signatures of files, and the folder of trusted keys. */
@NullMarked
package org.hearthwatch.plugin.trust;

import org.jspecify.annotations.NullMarked;
