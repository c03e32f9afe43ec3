/** Collectors written for the Prometheus client library, seen as our own. */
@NullMarked
package org.hearthwatch.prometheus.client;

import org.jspecify.annotations.NullMarked;
