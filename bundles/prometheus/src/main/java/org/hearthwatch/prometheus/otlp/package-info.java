/** Metrics that OpenTelemetry senders push over HTTP, translated as Prometheus translates them. */
@NullMarked
package org.hearthwatch.prometheus.otlp;

import org.jspecify.annotations.NullMarked;
