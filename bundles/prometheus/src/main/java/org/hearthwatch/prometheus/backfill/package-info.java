/** Taking old samples in from texts of the Prometheus world. */
@NullMarked
package org.hearthwatch.prometheus.backfill;

import org.jspecify.annotations.NullMarked;
