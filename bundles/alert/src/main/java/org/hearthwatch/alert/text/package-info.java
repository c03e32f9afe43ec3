/** Numbers, durations and quoted texts as Go and Prometheus read and write them. */
@NullMarked
package org.hearthwatch.alert.text;

import org.jspecify.annotations.NullMarked;
