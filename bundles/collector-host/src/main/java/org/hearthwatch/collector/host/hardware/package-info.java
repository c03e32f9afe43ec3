/** Sensors, thermal zones and what the firmware says of the machine. */
@NullMarked
package org.hearthwatch.collector.host.hardware;

import org.jspecify.annotations.NullMarked;
