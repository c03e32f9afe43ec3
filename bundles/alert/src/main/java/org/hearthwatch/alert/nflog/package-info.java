/** What each channel was told last, and what it still has to be told. */
@NullMarked
package org.hearthwatch.alert.nflog;

import org.jspecify.annotations.NullMarked;
