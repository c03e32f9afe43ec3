/** Rule files of Prometheus 3.5: reading, checking and what stands in them. */
@NullMarked
package org.hearthwatch.alert.rule;

import org.jspecify.annotations.NullMarked;
