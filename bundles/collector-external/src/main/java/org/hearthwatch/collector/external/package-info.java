/** Programs that print Prometheus text, run apart from the appliance. */
@NullMarked
package org.hearthwatch.collector.external;

import org.jspecify.annotations.NullMarked;
