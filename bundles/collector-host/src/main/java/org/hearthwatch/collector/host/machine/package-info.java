/** The machine as a whole: names, clock, kernel tables, processes. */
@NullMarked
package org.hearthwatch.collector.host.machine;

import org.jspecify.annotations.NullMarked;
