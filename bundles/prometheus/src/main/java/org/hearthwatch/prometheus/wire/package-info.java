/** Protobuf and snappy, as far as the Prometheus world needs them: read within bounds, written plainly. */
@NullMarked
package org.hearthwatch.prometheus.wire;

import org.jspecify.annotations.NullMarked;
