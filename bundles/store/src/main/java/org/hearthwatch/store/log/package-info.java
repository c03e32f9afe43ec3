/** The write-ahead log: samples on disk in the order they came. */
@NullMarked
package org.hearthwatch.store.log;

import org.jspecify.annotations.NullMarked;
