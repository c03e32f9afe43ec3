/** Blocks as a whole: which there are, how they are cut from memory, merged, dropped and read together. */
@NullMarked
package org.hearthwatch.store.blocks;

import org.jspecify.annotations.NullMarked;
