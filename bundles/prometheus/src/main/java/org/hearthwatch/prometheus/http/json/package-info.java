/** Writing JSON, and numbers, to the last character as Prometheus does. */
@NullMarked
package org.hearthwatch.prometheus.http.json;

import org.jspecify.annotations.NullMarked;
