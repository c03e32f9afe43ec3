/** Silences and acknowledgements: what people want to hear no more of. */
@NullMarked
package org.hearthwatch.alert.silence;

import org.jspecify.annotations.NullMarked;
