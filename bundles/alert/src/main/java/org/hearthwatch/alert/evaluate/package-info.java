/**
 * Evaluates rules at given moments: recording rules write series, alerting rules raise alerts. Follows the rule manager of
 * Prometheus 3.5; time, threads and files are somebody else's.
 */
@NullMarked
package org.hearthwatch.alert.evaluate;

import org.jspecify.annotations.NullMarked;
