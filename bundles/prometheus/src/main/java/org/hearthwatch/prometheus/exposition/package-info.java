/** The newest values as a Prometheus server scrapes them. */
@NullMarked
package org.hearthwatch.prometheus.exposition;

import org.jspecify.annotations.NullMarked;
