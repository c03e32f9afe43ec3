/** Lossless compression of columns of numbers, and reading it without trust. */
@NullMarked
package org.hearthwatch.store.codec;

import org.jspecify.annotations.NullMarked;
