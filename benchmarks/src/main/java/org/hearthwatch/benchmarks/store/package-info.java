/** The store beside Prometheus and VictoriaMetrics, on the same data in the same run. */
package org.hearthwatch.benchmarks.store;
