/** Processors, their load and what waits for them. */
@NullMarked
package org.hearthwatch.collector.host.cpu;

import org.jspecify.annotations.NullMarked;
