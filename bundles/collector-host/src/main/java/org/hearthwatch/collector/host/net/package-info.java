/** Network interfaces, protocols and neighbours. */
@NullMarked
package org.hearthwatch.collector.host.net;

import org.jspecify.annotations.NullMarked;
