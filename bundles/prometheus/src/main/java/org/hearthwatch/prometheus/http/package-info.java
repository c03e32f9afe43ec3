/** The query part of the Prometheus HTTP API, version 1. */
@NullMarked
package org.hearthwatch.prometheus.http;

import org.jspecify.annotations.NullMarked;
